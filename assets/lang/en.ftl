# Words of the core and the command line. Those of the window are in en-window.ftl.

## Values
value-yes = yes
value-no = no
value-unknown = unknown
mode-live = Live
mode-drill = Drill

## States
state-closed = not started
state-open = open
state-parked = parked
state-done = done
state-skipped = skipped
state-partly = partly done
state-impossible = impossible
state-not-applicable = not applicable
state-withdrawn = not needed

## Kinds of text, and where things come from
piece-do = To do
piece-dont = Warning
piece-condition = Condition
piece-reference = Reference
piece-precondition = Precondition
piece-others = Done by others
basis-text = stated in the text
basis-order = order only
basis-derived = our reading
basis-ministry = the ministry's text
basis-ours = added by us

## Kinds of notes
note-information = Information
note-instruction = Instruction
note-request = Request
note-decision = Decision
note-report = Report

## Sentences of the record
entry-and = .{" "}
entry-why = Reason: { $text }
entry-decider = Decided by: { $text }
entry-told = Told: { $text }
entry-opened = { $mode } incident opened ({ $door }) { $text }
entry-opened-peacetime = { $door } { $text }
left-item = what is to be written about entry { $number }
entry-titled = Title: { $text }
entry-site = Site: { $text }
entry-recorder = Recorder: { $name }
entry-ticked = { $node }: ticked “{ $item }”
entry-ticked-how = { $node }: ticked “{ $item }” ({ $text })
entry-unticked = { $node }: tick taken back “{ $item }”
entry-filled = { $node }: { $field } = { $value }
entry-cell = { $table }: { $row }, { $field } = { $value }
entry-done = Done { $node }
entry-done-unticked = Done { $node } (not ticked: { $items })
entry-chosen = Decided { $node } → { $option }
entry-changed = Decision changed { $node }: { $before } → { $option }
entry-though-locked = {" "}(taken before its condition held)
set-aside = the flow has parked { $nodes }: { $why }
entry-skipped = Skipped { $node }
entry-impossible = Impossible { $node }
entry-impossible-item = { $node }: impossible “{ $item }”
entry-instead = {" "}(instead: { $text })
entry-not-applicable = Not applicable { $node }
entry-not-applicable-item = { $node }: not applicable “{ $item }”
entry-started = Started early { $node }
entry-parked = Parked { $node }
entry-resumed = Resumed { $node }
entry-brought-back = Brought back { $node }
entry-reopened = Reopened { $node }
entry-asked-again = Asked again { $node }: { $text }
entry-assigned = Role { $role }: { $name }
entry-deputy = Deputy { $role }: { $name }
entry-released = Released from role { $role }: { $name }
entry-handed-over = Hand-over { $role }: { $from } → { $name }. { $text }
entry-from-to = {" "}({ $from } → { $to })
entry-means = {" "}[{ $text }]
entry-settled = Open item settled (no. { $of }) { $text }
entry-reason = Reason added (no. { $of })
entry-reason-for = Reason for entry { $of } ({ $what })
entry-corrected = Correction (no. { $of }): { $text }
entry-struck = Struck (no. { $of })
entry-known = Known { $duty }: { $who } (ground: { $ground })
entry-reported = Reported { $duty }
entry-reported-how = {" "}({ $text })
entry-not-reported = Decided not to report { $duty }
report-to = to { $text }
report-by = by { $text }
report-ref = reference { $text }
entry-closed = Incident closed
entry-closed-open = Incident closed (left open: { $left })
entry-incident-reopened = Incident reopened
entry-undone = Undone (no. { $of })
entry-redone = Redone (no. { $of })

## Clock
clock-backwards = the clock shows an earlier time than at the entry before
clock-far-ahead = the clock is more than 31 days ahead of the entry before
clock-other-offset = the clock's offset differs from the entry before
clock-happened-later = happened after it was recorded
## Duties to report
duty-running = not reported yet
duty-met = reported
duty-not-reported = decided not to report
duty-due = due { $last }
duty-due-early = better by { $early }, due { $last }
duty-undecided = “not to report” (entry { $entry }) lacks its reason or its decider
open-item-missing-reasons = reason or decider missing for { $names }
open-item-the-rest = all the rest
open-item-missing-reason = reason missing
open-item-note = to be done

## Kinds of names
what-node = step or decision
what-step = step
what-item = item
what-field = field
what-option = answer
what-choice = choice
what-role = role
what-duty = duty
what-ground = ground
what-door = door
what-table = table
what-column = column
what-open = open matter
what-contact = contact
what-situation = situation
what-phase = phase
what-end = end
what-roles = roles
what-phases = phases
what-doors = doors
what-ends = ends
what-steps = steps
what-options = answers
what-acts = acting role
what-quotes = quotes
what-terms = terms
what-opens = targets
what-nodes = steps and decisions
what-arcs = arrows
what-names = names in arrows, doors and answers
what-answers = answers
what-parts = things that steps, decisions and tables consist of
what-quoted = bytes of the quoted text
what-contacts = contacts
what-situations = situations
what-tables = tables
what-duties = duties to report
expects-number = a number
expects-yes-no = yes, no or unknown
expects-choice = a choice
expects-moment = a date and time (such as 14:20 or 2026-11-21 14:20; years 1900 to 2999)

## Refusals
name-and-id = { $name } ({ $id })
refusal-unknown = there is no { $what } “{ $id }”; check the numbers and names of the flow
refusal-unknown-known = there is no { $what } “{ $id }”; did you mean: { $known }
refusal-bad-value = “{ $field }” takes { $expects }
refusal-bad-choice = “{ $field }” is one of: { $known }
refusal-empty = the text is empty; type something
refusal-too-long = too long ({ $bytes } bytes, limit { $limit }); record it in parts or attach a file
refusal-not-started = { $id } is not started; to start it: start { $id }
refusal-open-step = { $id } is open; to complete it: done { $id }
refusal-open-decision = { $id } is open; to answer it: choose { $id } …
refusal-parked = { $id } is parked; to take it up again: resume { $id }
refusal-settled = { $id } is settled; to do it again: reopen { $id }
refusal-withdrawn = { $id } is no longer needed; to do it after all: bring-back { $id }
refusal-left-out = { $id } was skipped; to answer it after all: change { $id } { $option }
refusal-already-answered = { $id } is answered “{ $option }”; to change it: change { $id } { $other }
refusal-same-answer = the answer to { $id } is “{ $option }” already; to ask it again: ask-again { $id } …
refusal-no-entry = there is no entry { $entry } ({ $count ->
    [one] there is 1
   *[other] there are { $count }
  })
refusal-correct-role = entry { $entry } is about a role and cannot be corrected; use assign, release or handover
refusal-not-a-step = { $id } is a decision; answer it: choose { $id } …
refusal-not-a-decision = { $id } is a step; complete it: done { $id }
refusal-ground-of = { $id } is the ground of step { $step }; use done { $step } or skip { $step }
refusal-already-ticked = item { $item } of { $id } is ticked; to take it back: untick { $id } { $item }
refusal-already-said = that is recorded of item { $item } of { $id } already; to take it back: untick { $id } { $item }
refusal-already-said-window = that is recorded of this item already; to take it back, press “Take back” at the item
refusal-reported = { $name } was reported in entry { $entry }; to take that back: strike { $entry }
refusal-reported-window = it was reported in entry { $entry }; to take that back, strike entry { $entry } in the record
refusal-empty-correction = there is nothing to put in its place; to strike it: strike { $entry }
refusal-empty-correction-window = there is nothing to put in its place; to strike it, press “Strike”
refusal-not-ticked = item { $item } of { $id } is not ticked
refusal-is-table = “{ $title }” is a table; fill it in by rows: row { $table } NAME COLUMN VALUE
refusal-nothing-to-correct = entry { $entry } changed a state; only texts and values can be corrected. Use untick, reopen, change or reopen incident
refusal-no-open-item = entry { $entry } has no open item
refusal-not-in-role = { $name } does not hold “{ $role }”; nobody does
refusal-not-in-role-held = { $name } does not hold “{ $role }”; it is held by: { $who }
refusal-in-role = { $name } holds “{ $role }” already
refusal-closed = the incident is closed; to go on: reopen incident
refusal-not-closed = the incident is not closed
refusal-opened = the incident is open already
refusal-undo-opening = entry { $entry } is the beginning of the record and cannot be undone; to end the incident: close
refusal-undo-closing = entry { $entry } closed the incident and cannot be undone; to go on: reopen incident
refusal-undo-undo = entry { $entry } is itself an undo; to take that back: redo
refusal-undone = entry { $entry } was undone by entry { $undo }; to let it count again: redo
refusal-undo-too-late = entry { $entry } cannot be undone, because the later entry { $later } is about the same; what can be undone first: undo { $first }
refusal-undo-too-late-reopen = entry { $entry } cannot be undone, because the later entry { $later } is about the same; undo { $first } first, or do it again: reopen { $id }
refusal-redo-too-late = entry { $entry } cannot count again, because the later entry { $later } is about the same; record it anew
refusal-nothing-to-redo = nothing was undone
refusal-not-opened = the incident has not been opened

## Problems of flows
problem-too-large = the file is too large ({ $bytes } bytes)
problem-too-large-hint = The limit is { $limit } bytes
problem-later-format = the file is of format { $format }; this program reads up to format { $known }
problem-later-format-hint = Open it with a newer program, or use the built-in flow
problem-syntax = not written correctly: { $fault ->
    [end] the text ends too early
    [sign] “{ $name }” is needed
    [struct] “{ $name }(…)” is needed
    [boolean] true or false is needed
    [integer] a whole number is needed
    [range] the number is too large or too small
    [string] a text in quotes is needed
    [string-end] a quote is not closed
    [name] a name is needed
    [bad-name] “{ $name }” is not a name
    [escape] what stands behind the backslash is not understood
    [comment] a comment is not closed
    [char] “{ $name }” cannot stand here
    [trailing] something stands behind the end
    [type] a value of another kind is needed ({ $known }, not { $name })
    [variant] there is no value “{ $name }”; it is one of: { $known }
    [field] there is no field “{ $name }”; it is one of: { $known }
    [missing] the field “{ $name }” is missing
    [twice] the field “{ $name }” stands twice
   *[other] { $says }
  }
problem-syntax-hint = Look at the brackets, commas, quotes and field names around this place
problem-too-deep = nested more than { $limit } deep
problem-too-deep-hint = See whether the brackets before this place are closed
problem-duplicate = { $what } “{ $id }” is defined twice
problem-duplicate-hint = Rename one of them
problem-unknown = { $what } “{ $id }” is defined nowhere
problem-unknown-hint = Define it or correct the name
problem-unknown-near = { $what } “{ $id }” is defined nowhere
problem-unknown-near-hint = Did you mean “{ $near }”
problem-empty = a text of “{ $of }” is empty in Japanese or English
problem-empty-hint = Write it in both languages
problem-missing = “{ $of }” has no { $what }
problem-missing-hint = At least one is needed
problem-not-quoted = the quote “{ $quote }” stands nowhere in the flow's texts
problem-not-quoted-hint = Quote it as printed, or make it Derived
problem-too-many-items = { $id } has more than 64 things to do
problem-too-many-items-hint = Split the step
problem-side-holds-up = { $waits } waits for the side node { $side }
problem-side-holds-up-hint = Take side away, or take it out of All
problem-loop-astray = nothing leads from { $target } back to what this Loop waits for
problem-loop-astray-hint = Let the Loop open an earlier step, or write Open instead of Loop
problem-renews-itself = another answer to { $id } would take that answer back
problem-renews-itself-hint = Take { $id } out of renews and parks
problem-unreachable = nothing leads to { $id }
problem-unreachable-hint = Add an arc that opens { $id }, or write by_fact
problem-unreachable-end = the end “{ $id }” is never reached
problem-unreachable-end-hint = Look at its on
problem-dead-end = there is a dead end (open: { $open })
problem-dead-end-hint = Add an arc that leads from there to an end
problem-join-waits = { $opens } waits for ever for { $waits }
problem-join-waits-hint = Make All an Any, or add an arc that leads to { $waits }
problem-locked-forever = the answer “{ $option }” of { $decision } can never be unlocked
problem-locked-forever-hint = Look at its lock
problem-never-fires = the guard of the arc that opens { $opens } never holds
problem-never-fires-hint = Look at its when
problem-too-many-states = more than { $limit } states, too many to check
problem-too-many-states-hint = Have fewer parallel steps, or split the flow
problem-too-much-work = more than { $limit } looks at arrows, too many to check
problem-too-much-work-hint = Have fewer parallel steps or arrows, or split the flow
problem-too-many = { $what }: { $count }, more than { $limit }
problem-too-many-hint = Have fewer, or split the flow

## Session
session-flow-absent = the flow beside the record (flow.ron) is missing or cannot be read; shown with the names of the built-in flow
session-flow-unsound = the flow beside the record has problems: { $says }

## Command line
cli-about = Leads the person on duty through the health ministry's flow when a hospital's information systems fail, and keeps the record. Uses no network.
cli-flow-about = Check and show flows
cli-flow-check-about = Check flows (0 sound, 1 problems, 2 cannot be read)
cli-flow-show-about = Show a flow's steps, decisions and texts
cli-incident-about = Start, run and show incidents
cli-incident-new-about = Start an incident and print its folder
cli-incident-do-about = Read commands from standard input, one a line, and answer each on one line once it is on the disk
cli-incident-show-about = Show an incident's state and record
cli-journal-about = Check records
cli-journal-verify-about = Check that a record is intact (0 intact, 1 damaged or another head, 2 cannot be read)
cli-completions-about = Print shell completions
cli-man-about = Print the manual page
cli-data = The data folder
cli-lang = The language (ja or en)
cli-format = The format of the output (text or json)
cli-format-table = The format of the output (text, json, or tsv for the record as a table)
cli-file = A flow file (the built-in flows when left out)
cli-file-or-id = A flow file or a flow's name
cli-title = The title
cli-flow = A flow file or a flow's name
cli-door = How it began: saw, staff or vendor; or prepare, the check in normal times
cli-mode = live or drill
cli-recorder = Who writes
cli-site = The site
cli-dir = The incident's folder
cli-at = The state after the entry with this number
cli-head = A head noted elsewhere, "COUNT HASH"
cli-shell = The shell
cli-words-all = with every word: when it happened, and in which role it was done
cli-help = Show this help
cli-version = Show the version
cli-help-about = Show the help of a command
cli-help-command = The command (for example: incident do)
cli-usage = Usage:{ " " }
cli-usage-commands = Commands
cli-usage-command = COMMAND
cli-usage-any-options = [OPTIONS]
cli-usage-arguments = Arguments
cli-usage-options = Options
cli-usage-default = { " " }(default: { $value })
cli-usage-no-command = there is no command "{ $what }"
cli-usage-unknown = "{ $what }" is unknown, or one too many
cli-usage-missing = missing: { $what }
cli-usage-twice = { $what } can be given only once
cli-usage-exclude = { $what } and { $other } cannot be given together
cli-usage-not-utf8 = an argument is not UTF-8
cli-usage-no-value = nothing stands behind { $what }
cli-usage-bad-value = "{ $value }" is not possible for { $what }
cli-usage-other = the arguments cannot be understood ({ $what })
cli-usage-meant = did you mean: { $what }
cli-usage-values = possible: { $what }
cli-usage-more = more with --help
cli-sound = sound: { $name } ({ $steps } { $steps ->
    [one] step
   *[other] steps
  }, { $decisions } { $decisions ->
    [one] decision
   *[other] decisions
  }, { $states } { $states ->
    [one] state
   *[other] states
  }, { $millis } ms)
cli-unsound = not sound: { $name } ({ $count } { $count ->
    [one] problem
   *[other] problems
  })
cli-problem = line { $line }, column { $column }: { $message }. { $hint }
cli-witness = {"  "}the way there: { $way }
way-door = begin with “{ $title }”
way-done = complete { $id } “{ $title }”
way-chosen = answer { $id } “{ $question }” with “{ $answer }”
cli-refused = refused: { $why }
cli-not-saved = not saved: { $why }
cli-cannot-read = cannot read { $path }: { os-error }
cli-cannot-write = cannot write the output: { os-error }
cli-not-written = { journal-io }
cli-not-written-hint = { $reason ->
    [not-found] The folder is not there: make it, or choose another
    [not-a-folder] What stands before the last “/” must be a folder, and behind it the name of the file
    [a-folder] A folder of this name is there: choose another name
    [bad-name] Choose a shorter name, of letters and digits
    [denied] You have no permission to write in this folder: choose another
    [read-only] Nothing can be written on this disk: choose another
    [full] Make room on the disk, or choose another
   *[other] Look at the disk’s free space, its connection and your permission, then try again
  }
cli-no-flow = there is no flow “{ $id }”; built in: { $known }
cli-use-built-in = To go on with the built-in flow: --flow built-in
cli-name-built-in = To go on with the built-in flow, write built-in as FILE|ID
cli-decoded = the input is { $name }; it is decoded and recorded as text
cli-kept-bytes = {"  "}bytes that are no text are kept, written as \x92
cli-intact = intact: { $count } { $count ->
    [one] entry
   *[other] entries
  }, head { $hash }
cli-head-unchecked = without a head noted elsewhere it cannot be excluded that the end was cut or rewritten (--head "COUNT HASH")
cli-head-checked = the noted head is in it
cli-torn = { $bytes ->
    [one] the last byte
   *[other] the last { $bytes } bytes
  } cannot be read as an entry: torn while being written, or changed
cli-other-head = does not have the noted head: the end was cut or rewritten ({ $count ->
    [one] there is one entry
   *[other] there are { $count } entries
  })
cli-bad-head = a head is written "COUNT HASH" with 32 to 64 hex digits
cli-bad-at = there is no entry { $at } ({ $count ->
    [one] there is 1
   *[other] there are { $count }
  })
cli-no-entries = no entry of this incident can be read
cli-word-unknown = there is no command “{ $word }”; there are: { $known }
cli-word-missing = “{ $word }” lacks: { $what }
cli-word-extra = “{ $word }” has too much: { $what }
cli-word-no-option = “{ $word }” has no option { $option }; it is written: { $word } { $form }
cli-word-no-value = nothing stands behind { $option }
cli-word-kind = --kind takes no “{ $text }”; it is one of: { $known }
cli-word-not-a-number = “{ $text }” is not a number; it is written: { $word } { $form }
cli-word-quote = a quote is not closed
cli-word-moment = “{ $text }” is not a date and time (such as 14:20 or 2026-11-21 14:20; years 1900 to 2999)
cli-recovered = notice: { $what }
cli-or-plain-log = { $hint }. To keep lines with their time all the same: shodo log
cli-next = {"  "}next: { $nodes }
cli-parked = {"  "}parked: { $nodes }
cli-parked-why = {"  "}parked: { $nodes } ({ $why })
cli-withdrawn = {"  "}no longer needed: { $nodes }
cli-locked = {"  "}chosen before its condition held: { $why }
cli-still-running = {"  "}still to be reported: { $names }
cli-undecided = {"  "}goes on until reason and decider are there: reason { $entry } … --by …
cli-held-before = {"  "}held before by: { $name }
cli-show-open = open: { $nodes }
cli-show-parked = parked: { $nodes }
cli-show-settled = { $how }: { $nodes }
cli-show-duty = duty { $name }: { $duty }: { $state }
cli-show-closed = closed (entry { $entry })
cli-show-ended = the main line has reached its end: { $end }
cli-show-items = open items: { $items }
cli-undone = {"  "}undone: { $what }
cli-redone = {"  "}redone: { $what }
cli-show-undone = {" "}(undone by { $undo })
cli-show-item = {"  "}#{ $number } { $kind }: { $text }
cli-show-head = { $count } { $count ->
    [one] entry
   *[other] entries
  }, head { $hash }
cli-window-missing = this program was built without a window. Everything works on the command line: shodo --help; for lines with their time alone: shodo log
cli-none = none
cli-mirror-about = Mirror folder: a second copy of each record, such as on a USB stick
cli-mirror-init-about = Puts the marker into a folder, so that records are copied there
cli-mirror-folder = The folder, which must be there
cli-mirror-marker = Shodo copies records into this folder. Without this file it copies nothing.
cli-mirror-marked = ready; in settings.ron: { $setting }

## The journal

os-error = { $reason ->
    [not-found] not found
    [denied] no permission
    [full] no space left
    [read-only] write-protected
    [too-large] too large
    [not-a-file] not a regular file
    [a-folder] a folder
    [not-a-folder] not a folder
    [bad-name] the name is too long, or not possible there
    [silent] no answer
    [not-utf8] not UTF-8
   *[other] { $says }
  }

settings-unreadable = The settings cannot be read, so the defaults are used: { $path }: { os-error }

journal-io = Could not { $doing ->
    [read] read
    [write] write
    [sync] bring to the disk
    [create] make
    [rename] put in place
    [cut] cut the unfinished end of
   *[remove] remove
  } ({ os-error }): { $path }
journal-io-hint = Look at the disk’s free space, its connection and your permission, then try again; everything saved is still there
journal-not-a-journal = There is no journal of this program in { $path }
journal-not-a-journal-hint = Choose the folder of an incident, the one with journal.ron in it; an incident whose first entry was never saved has none
journal-begins-otherwise = The file is there, but it does not begin as a record of this program; another program, an editor or a faulty disk has perhaps changed it: { $path }
journal-begins-otherwise-hint = Change nothing in it and copy the whole folder to another place. If the mirror folder holds a copy, open that; else begin a new incident, or write into the plain log (shodo log)
journal-later-format = The journal has format { $format }, this program knows up to { $known }: { $path }
journal-later-format-hint = Open it with a newer version of the program; nothing has been changed
journal-exists = The folder for the new incident is not empty: { $path }
journal-exists-hint = Choose a new or an empty folder
journal-already-failed = An earlier entry could not be saved, so nothing more is written to { $path }
journal-already-failed-hint = Save the earlier entry again first; until then write on paper too
journal-changed-outside = Something other than this program has changed { $path }
journal-changed-outside-hint = Copy the whole folder to another place, then open the incident again; until then write on paper
journal-replaced = The file that is written was removed or replaced by another program: { $path }
journal-replaced-hint = Copy the whole folder to another place, then open the incident again; until then write on paper
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
journal-tail-set-aside = { $bytes ->
    [one] The last byte
   *[other] The last { $bytes } bytes
  } could not be read as an entry (torn while being written, or changed); what was taken off is kept in { $path }
journal-tail-set-aside-hint = Compare the last entries with what you remember and enter what is missing; keep that file
journal-tail-left = { $bytes ->
    [one] The last byte
   *[other] The last { $bytes } bytes
  } cannot be read as an entry: torn while being written, or changed; nothing has been changed
journal-tail-left-hint = Another program may be writing just now; otherwise open the incident to write, and they are set aside
journal-read-asked = Opened for reading only
journal-read-asked-hint = Open the incident to write in it
journal-held-by = { $user ->
    [unknown] Somebody
   *[other] { $user }
 } has been writing since { $since } on { $host ->
    [unknown] a computer without a name
   *[other] { $host }
 } (process { $process }); opened for reading only
journal-holder-ended = The program that was writing (process { $process }, since { $since }) has ended since this was opened for reading only
journal-holder-ended-hint = Press "Go on with the record here" to write
journal-held-by-hint = Ask them to close the incident, or let them write
journal-no-permission = It cannot be written, so it is opened for reading only ({ os-error }): { $path }
journal-no-permission-hint = Look at your permission, the disk’s free space and its write protection, then open the incident again
journal-damaged = Record { $record } { $what ->
    [changed] was changed after it was written
    [not-a-record] is not a record of this program
    [removed] is missing; record { $stands } stands in its place
    [inserted] has something put in before it
    [not-an-entry] cannot be understood
    [opened-again] opens the incident a second time
    [wrong-number] has the number { $stands }
    [flow-missing] names a flow, but flow.ron is missing
    [flow-unreadable] names a flow, but flow.ron cannot be read
   *[flow-changed] names another flow than flow.ron, which was changed
  }; opened for reading only
journal-damaged-hint = Copy the whole folder to another place and keep it; go on in a new incident, and compare with paper copies and noted heads
journal-intact = { $count ->
    [one] The one record is
   *[other] All { $count } records are
  } right; without a noted head it cannot be excluded that the end was cut or rewritten
journal-intact-hint = Compare with a head noted elsewhere: { $count } { $hash }
journal-intact-checked = { $count ->
    [one] The one record is
   *[other] All { $count } records are
  } right, and the noted head fits
journal-intact-checked-hint = Note the new head: { $count } { $hash }
journal-other-head = The journal of { $count } { $count ->
    [one] record
   *[other] records
  } is not the one whose head was noted at record { $record }: its end was cut or rewritten
journal-other-head-hint = Check the noted head for slips first; then keep the folder as it is and compare with copies and paper

## Plain log
cli-log-about = Plain log: keep the lines of standard input with their time (when nothing else works)
cli-log-to = The folder for the plain log (else the data folder, the documents, the temporary folder)
cli-log-file = The plain log’s file
cli-incident-join-about = Add the lines of a plain log to an incident, each with the time when it was written (those that are there are left out)
log-line-saved = { $number } { $at } saved { $path }
log-line-saved-temporary = { $number } { $at } saved { $path } — a restart may empty this folder; name another: shodo log --to FOLDER
log-passed-over = { $path } did not take the lines, another folder does: { $says }
log-line-not-saved = { $number } { $at } NOT saved: { $says } — with --to FOLDER it goes elsewhere
plain-disk-silent = the disk does not answer
log-joined = { $count } of { $all } { $all ->
    [one] line
   *[other] lines
  } added ({ $unread } could not be read)
log-means = plain log

cli-renderer = What draws the window (glow unless named, wgpu where that does not open)
cli-startup-report = Print the milliseconds to the first frame, and close
cli-crashed = a fault of the program ended it. Nothing that was said to be saved is lost. The trace of the fault (it holds nothing of the record): { $path }. For lines with their time: shodo log
cli-window-failed = the window cannot be opened ({ $why }). Everything works on the command line: shodo --help; for lines with their time alone: shodo log
cli-window-crashed = at the last starts each renderer stopped before it showed anything; --renderer glow tries again

## The mirror folder

mirror-off = No mirror folder is set
mirror-copying = Mirror folder: entries are being copied
mirror-up-to = Mirror folder: copied up to entry { $count }
mirror-waiting = Mirror folder: it does not answer, so the copy is behind; the record itself is not affected
mirror-waiting-hint = What is missing is copied as soon as it answers. If it stays so, put the stick in again, or another one
mirror-relative = Mirror folder: its path is not whole, so nothing is copied; the record itself is not affected
mirror-relative-hint = Write the whole path, from / or a drive letter
mirror-not-a-folder = Mirror folder: what is named is a file or a device, not a folder, so nothing is copied; the record itself is not affected
mirror-not-a-folder-hint = Name a folder, such as the stick’s
mirror-same-place = Mirror folder: it is where the incidents themselves are kept, so nothing is copied; the record itself is not affected
mirror-same-place-hint = Name a folder on another disk, such as a USB stick
mirror-in-the-way = Mirror folder: a file stands where the copy’s folder belongs, so nothing is copied: { $path }; the record itself is not affected
mirror-in-the-way-hint = Take that file away, or give it another name; it is tried again every few seconds
mirror-missing = Mirror folder: not there, so nothing is copied; the record itself is not affected
mirror-missing-hint = Put the stick in again; what is missing is copied then
mirror-unmarked = Mirror folder: the marker file shodo-mirror is not in it, so nothing is copied; the record itself is not affected
mirror-unmarked-hint = If the stick is in and this is the right folder, run once: shodo mirror init FOLDER
mirror-diverged = Mirror folder: the copy is not the beginning of this record; it is left as it is, and nothing is copied
mirror-diverged-hint = Keep both folders and compare them: one was changed, or replaced by an older one. Then move the copy to another place, and a new one is begun
mirror-failed = Mirror folder: could not be copied ({ os-error }): { $path }; the record itself is not affected
mirror-failed-hint = Look at the stick’s free space and its write protection; it is tried again every few seconds

## The flowchart
chart-end = End
chart-opened = as it begins
chart-ticked = once item { $number } is done
chart-when = if { $guard }
chart-chosen = { $id } is “{ $answers }”
chart-not-chosen = { $id } is not “{ $answers }”
chart-settled = { $nodes } settled
chart-rows-settled = all of “{ $table }” settled
chart-and = {" and "}
chart-or = {" or "}
chart-remind = (asked again)
chart-ask = (done anew)
chart-renew = (anew from the second time)
chart-offer = (offered to reconsider)
chart-attempts = attempt { $count }
chart-overdue = overdue
chart-as-of = As of entry { $count } ({ $at })
chart-legend-step = step
chart-legend-side = step beside (holds nothing up)
chart-legend-decision = decision
chart-legend-ours = added by this program (not in the source)
chart-legend-door = it begins here
chart-legend-fact = a fact opens it at any time
chart-legend-all = all are needed
chart-legend-thin = thin line: asks again for what has begun
chart-legend-travelled = the way taken
chart-page = page { $number }/{ $count } (row { $row }, column { $column })
cli-flow-chart-about = Write a flow's chart to a file
cli-chart-incident = An incident's folder: how far it has come is shown on the chart
cli-chart-out = The file to write (.svg or .png picture, .mmd Mermaid, .dot Graphviz)
cli-chart-written = chart written: { $path }
cli-chart-paper = Write the chart on several pages of this paper, for the wall (.svg, .png)
cli-chart-scale = How large it is on these pages, in percent
cli-chart-pages = chart written: { $first } to { $last } (pages: { $count }, rows: { $rows }, columns: { $columns }; { $paper } { $turned ->
    [sideways] landscape
   *[upright] portrait
 })
cli-chart-some-pages = { $why }; of { $count } pages { $written } { $written ->
    [one] is
   *[other] are
 } written
cli-chart-no-pages = only a picture can be written on pages: { $path }
cli-chart-no-pages-hint = Let the name end in .svg or .png, or leave out --paper
cli-chart-too-many-pages = the chart would take { $count } pages; at most { $limit } are written
cli-chart-too-many-pages-hint = Choose a smaller --scale or larger paper
cli-chart-too-large = the picture would have { $width } × { $height } pixels; at most { $side } a side and { $pixels } in all are written
cli-chart-too-large-hint = Write it on pages with --paper a3, or as .svg
cli-chart-ending = the name does not say in which format to write: { $path }
cli-chart-ending-hint = Let it end in one of: { $known }

# How times are read
day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
moment-taken = taken as { $at }
moment-taken-odd = taken as { $at } ({ $why })
moment-far-back = more than 12 hours back
moment-before-opening = before the incident was opened
moment-ahead = ahead of the clock
cli-taken = {"  "}{ $taken }
zone-named = All times in { $zone }
zone-other = all times are read and shown in { $zone }, the zone of this record (this machine is in { $here })
zone-unknown = the time zone TZ={ $name } is not known; { $here } is taken. Correct the setting and start again

# The record as a table
table-number = number
table-happened = happened at ({ $zone })
table-recorded = recorded at ({ $zone })
table-by = by
table-role = role
table-kind = kind
table-node = step or decision
table-text = text
table-struck = struck
table-corrected = corrected to
table-flags = flags
table-is-struck = struck
table-is-corrected = corrected
table-words-struck = its words struck
table-words-corrected = its words corrected
table-lacks-reason = reason missing
kind-opened = opened
kind-titled = title
kind-site = site
kind-recorder = recorder
kind-tick = tick
kind-untick = untick
kind-field = field
kind-cell = cell
kind-done = done
kind-change = answer changed
kind-choose = answer
kind-skip = skipped
kind-start = started early
kind-park = parked
kind-resume = resumed
kind-bring-back = brought back
kind-reopen = reopened
kind-ask-again = asked again
kind-assign = assigned
kind-deputy = deputy
kind-handover = handed over
kind-release = released
kind-settle = settled
kind-reason = reason
kind-correct = correction
kind-knew = known
kind-close = closed
kind-reopen-incident = incident reopened
table-is-undone = undone by { $undo }
kind-report = report
kind-not-report = decision not to report
kind-impossible = impossible
kind-not-applicable = not applicable
kind-undo = undo
kind-redo = redo
