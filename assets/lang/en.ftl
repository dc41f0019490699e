
## The journal

journal-io = Could not { $doing ->
    [read] read
    [write] write
    [sync] bring to the disk
    [create] make
    [rename] put in place
    [cut] cut the unfinished end of
   *[remove] remove
  } ({ $says }): { $path }
journal-io-hint = Look at the disk’s free space, its connection and your permission, then try again; everything saved is still there
journal-not-a-journal = There is no journal of this program in { $path }
journal-not-a-journal-hint = Choose the folder of an incident, the one with journal.ron in it; an incident whose first entry was never saved has none
journal-later-format = The journal has format { $format }, this program knows up to { $known }: { $path }
journal-later-format-hint = Open it with a newer version of the program; nothing has been changed
journal-exists = The folder for the new incident is not empty: { $path }
journal-exists-hint = Choose a new or an empty folder
journal-already-failed = An earlier entry could not be saved, so nothing more is written to { $path }
journal-already-failed-hint = Save the earlier entry again first; until then write on paper too
journal-changed-outside = Something other than this program has changed { $path }
journal-changed-outside-hint = Copy the whole folder to another place, then open the incident again; until then write on paper
journal-out-of-order = Entry { $found } came where { $expected } is next, and was not written
journal-out-of-order-hint = Open the incident again and enter it anew; this is a fault of the program, please report it
journal-not-a-first-entry = The entry that opens an incident does not fit here, and was not written
journal-not-a-first-entry-hint = Begin the incident again; this is a fault of the program, please report it
journal-unwritable = The entry cannot be written so that it can be read again: { $says }
journal-unwritable-hint = Write it in other words, and on paper; this is a fault of the program, please report it
journal-busy = The entry before is still being saved
journal-busy-hint = Wait until it is saved; if that takes long, look at the disk’s connection
journal-idle = There is nothing to save
journal-idle-hint = Go on
journal-writer-gone = The part of the program that saves entries has ended, so nothing more is saved
journal-writer-gone-hint = Close the program, open the incident again, and enter what was not saved; until then write on paper
journal-newline-added = The last entry was complete but for its end mark, which was added
journal-newline-added-hint = Nothing is lost; go on
journal-tail-set-aside = The journal ended in { $bytes } unreadable bytes; they were taken off and are kept in { $path }
journal-tail-set-aside-hint = Compare the last entries with what you remember and enter what is missing; keep that file
journal-tail-left = The journal ends in { $bytes } unreadable bytes; nothing has been changed
journal-tail-left-hint = Another program may be writing just now; otherwise open the incident to write, and they are set aside
journal-read-asked = Opened for reading only
journal-read-asked-hint = Open the incident to write in it
journal-held-by = { $user } is writing on { $host } since { $since } (process { $process }); opened for reading only
journal-held-by-hint = Ask them to close the incident, or let them write
journal-no-permission = It cannot be written, so it is opened for reading only ({ $says }): { $path }
journal-no-permission-hint = Look at your permission, the disk’s free space and its write protection, then open the incident again
journal-damaged = Record { $record } { $what ->
    [changed] was changed after it was written
    [not-a-record] is not a record of this program
    [removed] is missing; record { $stands } stands in its place
    [inserted] has something put in before it
    [not-an-entry] cannot be understood
    [wrong-number] has the number { $stands }
   *[flow-changed] names another flow than flow.ron, which is missing or was changed
  }; opened for reading only
journal-damaged-hint = Copy the whole folder to another place and keep it; go on in a new incident, and compare with paper copies and noted heads
journal-intact = All { $count } records are right; without a noted head it cannot be excluded that the end was cut or rewritten
journal-intact-hint = Compare with a head noted elsewhere: { $count } { $hash }
journal-intact-checked = All { $count } records are right, and the noted head fits
journal-intact-checked-hint = Note the new head: { $count } { $hash }
journal-other-head = The journal of { $count } records is not the one whose head was noted at record { $record }: its end was cut or rewritten
journal-other-head-hint = Check the noted head for slips first; then keep the folder as it is and compare with copies and paper
