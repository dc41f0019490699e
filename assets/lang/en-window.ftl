# The words of the window. Those of the core and the command line are in en.ftl.

## Everywhere
app-name = Shodo
window-title = [{ $mode }] { $title } - { $name }
list-comma = , { "" }
dialog-close = Back (Esc)
bottom-offline = No network is used. The record stays on this machine

## Time
time-minutes = { $a } min
time-hours = { $a } h { $b } min
time-days = { $a } d { $b } h
time-empty-is-now = Empty means now (e.g. 14:20)
time-unreadable = Cannot be read as a time (e.g. 14:20, 11/27 23:50)

## Parts of the window, as they are read aloud
region-top = The incident
region-rail = Pages
region-notices = Notices
region-list = Lists of steps
region-bottom = How the record is kept
region-reading = Reading only

## Top bar
top-title = Title
top-title-name = Change the title: { $title }
top-untitled = Untitled
top-no-recorder = not named
top-line = { $flow } · recorded by { $recorder }
top-since = since start { $passed }
phase-current = Current phase { $phase }
phase-done = Finished phase { $phase }
phase-ahead = Phase ahead { $phase }

## Rail
rail-home = Home
rail-guide = Respond
rail-chronology = Record
rail-people = People
rail-settings = Settings
rail-help = Help

## Bottom line
health-saved = Saved { $at } ({ $count ->
    [one] { $count } entry
   *[other] { $count } entries
 })
health-saving = Saving
health-waiting = Not saved yet: { $path } has not answered since { $at } ({ $count } waiting to be saved). You can go on writing
health-failed = Not saved ({ $count }): { $why }
health-read-only = Read only: { $why }
health-flow-unsound = the flow beside the record cannot be used
health-retry = Save again
health-head = Head of the record { $head }
health-head-tip = Note this head on paper: then a cut or rewritten end is found too

## Notices
notice-bad = Important:
notice-warn = Mind:
notice-info = Note:
notice-with-hint = { $says }. { $hint }
notice-dismiss = Put the notice away
notice-not-saved = This could not be saved. Nothing you typed is lost. Check where it is saved and press Save again below
notice-beginning = Beginning the record
notice-read-only = It is open to read only, so nothing can be recorded
notice-bad-time = The time cannot be read. Type it like 14:20 or 2026-11-21 14:20
notice-typed-unread = "{ $field }" cannot be read: it is recorded as typed, as a note, and listed among the open items: { $text }
notice-opening = Opening
notice-cannot-open = { $folder } cannot be opened: { $says }
notice-no-flow = The built-in flow cannot be read. Install the program again
notice-flow-used = The next incident uses this flow: { $path }
notice-flow-unreadable = The flow file cannot be read: { $path }: { $says }. The built-in flow can be used as before
notice-flow-beside-unsound = The flow beside the record has problems, so the built-in flow is shown, to read only
notice-drafts-back = { $count ->
    [one] One unsent text was kept and is back in its field
   *[other] { $count } unsent texts were kept and are back in their fields
 }
notice-drafts-lost = Unsent texts could not be kept (the record is safe): { $says }
notice-copied = Copied: { $text }
notice-plain-unsaved = Lines of the plain log are not saved yet. Save them elsewhere below, or copy them; closing once more ends without them
notice-recorded = Recorded: { $what }
notice-skipped = Left out: { $node } (Ctrl+Z takes it back)
notice-struck = Entry #{ $of } is struck, recorded as #{ $number }; the entry itself stays
notice-undone = Undone (#{ $number }): { $what }
notice-redone = Redone (#{ $number }): { $what }
notice-settings-not-saved = The settings could not be saved (they hold for now): { $says }
notice-no-dialog = This machine has no window for choosing files. Type the path into the field with the cursor
notice-crashed = A fault of the program ended the window before. Nothing that was saved is lost, and unsent texts are kept as drafts. Write here, or go on from "Home". The trace of the fault (it holds nothing of the record): { $path }
notice-job-crashed = A fault of the program ended something in the background. The record goes on. The trace of the fault (it holds nothing of the record): { $path }
reading-as-of = Read only: { $count } entries as of { $at }. "Read again" shows what has come since
reading-ended = The program that was writing has ended. What is shown is the { $count } entries as of { $at }
reading-again = Read again
reading-take-up = Go on with the record here
notice-settings-kept = Something in the settings file could not be read, so it is kept as it was before the change: { $path }
settings-broken = The settings cannot be read, so the defaults are used: { $path }: { $says }{ settings-hint }
settings-partly-broken = Something in the settings file cannot be read, so what could be read is used: { $path }: { $says }{ settings-hint }
settings-part-broken = The setting "{ $part }" cannot be read, so its default is used: { $path }: { $says }{ settings-hint }
settings-hint = { $hint ->
    [backslash] . Write "\" twice, as "\\"
   *[none] {""}
  }
settings-part-unknown = There is no setting "{ $part }", so it is passed over: { $path }

## Home
home-title = What has happened?
home-back = Back to the response { $title }
home-reading = Looking for earlier incidents
home-continue = Continue
home-closed-ones = Closed incidents
home-ago = last entry { $passed } ago
home-open-counts = { $open } open, { $parked } parked
home-closed = closed
home-entries = { $count ->
    [one] one entry
   *[other] { $count } entries
 }
home-start = Start
home-flow-reading = Checking the flow
home-live-hint = One press and the record runs. Title and names can come later
home-drill-hint = Recorded as a drill. The window turns purple, so it can't be taken for the real thing
home-door-hint = Press to start
home-open-folder = Open an incident's folder
home-folder-path = Path of an incident's folder
home-flow = Flow in use
home-flow-built-in = The built-in flow is used
home-flow-path = Path of a flow file
flow-built-in = Use the built-in flow
path-choose = Choose…
path-open = Open

## Problems of a flow
problems-title = This flow has problems ({ $count })
problems-next = It cannot be used as it is. The response can start with the built-in flow
problems-again = Read it again
problems-place = Line { $line }, column { $column }
problems-way = The way there: { $way }

## Respond
guide-nothing-open = No step is open
guide-nothing-open-next = Open a step from the list, or take notes. To finish, use "Close the incident" from the commands (Ctrl+K)
guide-closed = This incident is closed
guide-closed-next = To go on, use "Reopen the incident" from the commands (Ctrl+K)
part-list = Steps ({ $count })
part-step = In hand
part-log = Record
list-open = To do now ({ $count })
list-open-none = None
list-side = Alongside (holds nothing up)
list-offered = May be decided anew ({ $count })
list-parked = Parked ({ $count })
list-next = Next ({ $count })
list-by-fact = To start when it happens ({ $count })
list-skipped = Skipped ({ $count })
list-done = Done ({ $count })
list-withdrawn = No longer needed ({ $count })
row-open-since = open { $at } · { $passed }
row-parked-since = parked { $at } · { $passed }
row-parked-by-flow = parked by the flow { $at } · { $passed }
row-how = { $at } { $how }
row-chosen = { $at } { $option }
state-asked-again = needed again
state-parked-by-flow = parked by the flow

## A step
step-role-held = { $role }: { $name }
step-supports = Supported by { $roles }
step-attempt = Attempt { $count }
step-ours = Added by this program: { $why }
step-hint-mark = Advice (ours):
step-remark-mark = Remark (ours):
step-remark = "{ $quote }" … { $says }
step-situations = Situation (shows its example)
step-original = Show the ministry's text (Japanese)
step-fields = Record
step-contacts = Contacts
step-leads = Completing it opens { $nodes }
step-by-fact = Starts when this happens: { $fact }
step-look-ahead = This step has not begun. Reading it records nothing
piece-dont-mark = Warning:
piece-short-quote = The text (the short words above are ours): { $text }
read-condition = Condition ({ $count })
read-reference = Reference and examples ({ $count })
read-precondition = To be done beforehand ({ $count })
read-others = What supporters do ({ $count })
read-do = To do ({ $count })
read-dont = Warnings ({ $count })
origin-ours = Added by this program (not in the ministry's text)
origin-ours-short = (ours)
origin-ours-field = The ministry's text does not ask for this
origin-from = From the text of step { $step }
item-how = Say how it went: { $item }
item-how-name = How it went
item-how-hint = e.g. 10:20 no answer, will call back
item-impossible = Not possible (what was done instead goes above)
item-not-applicable = Does not apply
item-take-back = Take back
field-now = Now
field-moment-hint = e.g. 14:20, 2026-11-21 14:20
field-number-hint = Number
field-unread = Cannot be read. Going on keeps it as typed, in a note
typed-unread = { $field } (cannot be read, as typed): { $text }
typed-cell = { $field } of { $row }
typed-left-over = { $about }: { $text }
field-with-unit = { $field } ({ $unit })
table-add = Add row
table-new-row = Type to add: { $key }
table-row-attempt = { $row } (attempt { $count })
table-row-settled = settled
table-earlier = Attempt { $count }: { $said }
table-cell-said = { $field } { $value }
contact-copy = Copy
contact-copy-name = Copy { $value }
contact-fill-in = Your hospital’s contact (kept in the settings of this machine)
contact-source = Source: { $source } (checked { $checked })
ground-title = Reason, who decided, who was told, when it happened (can come later)
ground-why-hint = Reason (can come later)
ground-more = Who decided, who was told, when it happened
ground-why = Reason
ground-decider = Decided by
ground-told = Told
action-complete = Complete and go on { $shortcut }
action-skip = Skip…
asking-skip-title = Skipping { $node }
asking-skip-do = Skip (Enter)
asking-answer-title = { $node }: the answer “{ $option }”
asking-answer-do = Answer “{ $option }” (Enter)
asking-locked = Its condition does not hold now: { $why }
asking-why-hint = Reason (may stay empty, can come later)
asking-stop = Not now (Esc)
action-park = Park
action-impossible = Not possible
action-impossible-tip = Record that it cannot be done and go on; what stands under “Reason” is kept as what was done instead
action-not-applicable = Does not apply
action-not-applicable-tip = Record that it does not apply here and go on
action-resume = Resume
action-bring-back = Bring back
action-reopen = Reopen
action-ask-again = Decide anew on a new fact
action-start = Start early

## Decisions
answers-title = Choose an answer
answers-change = Change the answer
answer-in-force = in force
answer-leads-nowhere = opens nothing
answer-withdraws = No longer needed: { $nodes }. { $why }
answer-locked = Not ready yet: { $why } (it can be chosen all the same; that is recorded)
basis-line = { $basis }: { $words }

## Duties to report
duty-known = Known { $at }, { $who }, { $ground }
duty-who = Who knew
duty-at = Known at
duty-knew = Record that it is known
duty-knew-ground = Known: { $ground }
duty-law = Show the rule
duty-report-title = Record as made: { $duty }
duty-report-at = Reported at
duty-report-to = Reported to
duty-report-by = Reported by
duty-report-ref = Reference number
duty-report = Reported
duty-not-report-title = Record as decided against: { $duty }
duty-not-report-hint = It stays unreported until both the reason and the decider are there
duty-not-report = Do not report
duty-go-report = Record the report at step { $step }
deadlines-title = Deadlines
deadline-early = Better by { $at } ({ $left })
deadline-last = Due { $at } ({ $left })
deadline-left = { $length } left
deadline-over = { $length } over

## Quick note
note-title = Quick note
note-from = From
note-to = To
note-text = Note
note-hint = What happened or was said, then Enter
note-more = Kind, means, time
note-means = Means
note-means-hint = e.g. telephone, in person
note-at = Happened at
note-open = To be dealt with later
note-send = Record

## The record
chronology-title = The record (chronology)
chronology-filter = Filter by words
chronology-filter-hint = Filter by words; #12 goes to entry 12
chronology-count = { $count } shown (of { $all })
chronology-searching = Searching … ({ $count } of { $all })
chronology-recorded = recorded { $at }
log-original = happened { $happened }, recorded { $recorded } (as recorded)
log-latest = Latest entries
log-all = See the whole record
log-saving = saving
log-not-saved = not saved
log-struck = struck
log-undone = undone (#{ $undo })
log-undo-name = Undo #{ $number }
log-words-corrected = words corrected: { $text }
log-words-struck = words struck; the change of state stands
log-by-in-role = { $name } ({ $role })
log-kind-decision = Decision
log-correct-name = Correct #{ $number }
items-title = To be settled ({ $count })
items-more = Show more (of { $count } left)
unsent-mark = Draft (not recorded)
unsent-go = Go on writing
unsent-at = { $of }: { $what }
unsent-item = item { $item }
unsent-elsewhere = Another field
log-unfold = Show { $count } more lines
log-fold = Fold
item-reason = Reason
item-settled-how = What was done
item-give-reason = Give the reason
item-settle = Settle

## Roles and contacts
roles-title = Roles
roles-all = See roles and contacts
role-nobody = { $role }: nobody yet
role-take = { $name } takes it
role-holder = Held by { $name }
role-deputy-is = Deputy { $name }
role-vacant = Nobody yet
role-give = Give it to { $name }
role-release = Release
role-more = { $role }: type a name, hand over, deputy
role-name = Name
role-told = What was handed over
role-assign = Assign
role-hand-over = Hand over
role-deputy = Name as deputy
people-recorder = Recorder
people-acting = The recorder acts as
people-acting-auto = Worked out
people-acting-hint = Worked out from the roles that the recorder holds. Choose another where they act in one.
people-site = Site
people-roles = Roles
people-record = Record
people-type-name = Type a name, then Enter

## Closing
close-title = Close the incident
close-nothing-open = Nothing is left open
close-open = { $count ->
    [one] { $count } thing is
   *[other] { $count } things are
 } left open. It can be closed all the same
close-unsent = { $count ->
    [one] One draft is
   *[other] { $count } drafts are
 } not recorded yet
close-alone = This has a reason and a decider of its own. It can be left empty and stays on the list of what is still to be written
close-do = Close

## Correcting
correct-title = Correct #{ $number }
correct-hint = The first entry is not erased. It stays, struck through
correct-text = What is right
correct-replace = Replace
correct-strike = Strike

## Settings
settings-title = Settings
settings-language = Language
language-ja = 日本語
language-en = English
settings-text-size = Text size
settings-percent = { $percent } %
settings-theme = Theme
theme-system = As the system
theme-light = Light
theme-dark = Dark
settings-site = Site
settings-site-hint = e.g. Example Hospital
settings-people = People
settings-people-hint = Offered as recorder and for roles
settings-person = Name
settings-person-add = Add
settings-person-remove = Remove { $name }
settings-data = Data folder
settings-data-hint = To change it, put a folder named shodo-data beside the program (or --data on the command line)

## Help
help-title = Help
help-intro = Everything can be done with the mouse alone and with the keyboard alone
help-diagnostics = Copy diagnostics
help-diagnostics-what = Version, system, data folder, and the file names of traces of faults; nothing of the record
diagnostics =
    Program: { $program }
    System: { $system }
    Renderer: { $renderer }
    Window: { $size }, scale { $scale }
    Data folder: { $data }
    Traces of faults: { $traces }
diagnostics-none = none
help-keyboard = Tab and Shift+Tab move, Enter or Space press, Esc closes. In the note, Enter records and Shift+Enter breaks the line
palette-hint = Find a command or a step (e.g. 2-6, close)
palette-step = { $state } (Shift+Enter: show on the flowchart)
palette-none = Nothing found

## Commands
command-complete = Complete and go on
command-complete-tip = Completes the step in hand and takes the next one
command-skip = Skip
command-skip-tip = Leaves the step in hand out. The reason can come later
command-park = Park
command-park-tip = Sets the step in hand aside. It can be resumed
command-note = Quick note
command-note-tip = Goes to the field for what happened or was said
command-next-step = Next step
command-next-step-tip = Takes the next open step in hand
command-previous-step = Previous step
command-previous-step-tip = Takes the previous open step in hand
command-palette = Commands
command-palette-tip = Finds a command or a step by its words
command-help = Help
command-help-tip = Lists the commands and their keys
command-guide = Respond
command-guide-tip = Shows the step in hand
command-chronology = Record
command-chronology-tip = Shows the whole record, to filter and correct
command-people = Roles, contacts
command-people-tip = Assigns roles and shows contacts
command-settings = Settings
command-settings-tip = Language, text size, theme, people
command-home = Home
command-home-tip = Start, continue, open
command-title = Change the title
command-title-tip = Types the incident's title
command-close-incident = Close the incident
command-close-incident-tip = Lists what is left open, and closes
command-reopen-incident = Reopen the incident
command-reopen-incident-tip = Goes on with a closed incident
command-larger-text = Larger text
command-larger-text-tip = Makes the text 25 % larger (to 200 %)
command-smaller-text = Smaller text
command-smaller-text-tip = Makes the text 25 % smaller (to 100 %)
command-switch-language = 日本語に切り替え
command-switch-language-tip = Shows the window and the flow in Japanese
command-switch-theme = Switch the theme
command-switch-theme-tip = Switches between light and dark

unsaved-title = Something is not saved yet
unsaved-waiting = Waiting for the write to { $path } to finish. The place where the record lies (a USB stick, a shared folder) may not be answering
unsaved-more = and { $count } more, waiting to be saved
unsaved-what = If you leave now, this will not be in the record. What was typed is kept as a draft where that is possible.
unsaved-copy = Copy the words
unsaved-leave = Leave without saving

# “Reopen” and the like are the names of buttons
refusal-not-started-window = { $id } is not started; to begin it, press “Start early” there
refusal-open-step-window = { $id } is open; press “Complete and go on” there
refusal-open-decision-window = { $id } is open; choose an answer there
refusal-parked-window = { $id } is parked; press “Resume” there
refusal-settled-window = { $id } is settled; to do it again, press “Reopen” there
refusal-withdrawn-window = { $id } is no longer needed; to do it after all, press “Bring back” there
refusal-left-out-window = { $id } was skipped; to answer it after all, press “Reopen” there
refusal-correct-role-window = entry { $entry } is about a role and cannot be corrected; change it under “Roles and contacts”
refusal-already-answered-window = { $id } is answered “{ $option }” already; to change it, choose another answer there
refusal-same-answer-window = { $id } has that answer already; to ask it again, press “Decide anew on a new fact”
refusal-not-a-step-window = { $id } is a decision; choose an answer
refusal-not-a-decision-window = { $id } is a step; press “Complete and go on”
refusal-ground-of-window = { $id } is the ground of step { $step }; complete that step, or skip it
refusal-already-ticked-window = item { $item } of { $id } is ticked; press it again to take the tick back
refusal-is-table-window = “{ $title }” is a table; add a row and fill it in
refusal-nothing-to-correct-window = entry { $entry } changed a state; only texts and values can be corrected. Take it back or do it again at its step
refusal-closed-window = the incident is closed; to go on, choose “Reopen the incident” among the commands (Ctrl+K)
refusal-undo-opening-window = #{ $entry } is the beginning of the record and cannot be undone; close the incident when you are through
refusal-undo-closing-window = #{ $entry } closed the incident and cannot be undone; to go on, choose “Reopen the incident” among the commands (Ctrl+K)
refusal-undo-undo-window = #{ $entry } is itself an undo; “Redo” (Ctrl+Y) takes that back
refusal-undone-window = #{ $entry } was undone by #{ $undo }; “Redo” (Ctrl+Y) lets it count again
refusal-undo-too-late-window = #{ $entry } cannot be undone, because the later #{ $later } is about the same; undo #{ $first } first
refusal-undo-too-late-reopen-window = #{ $entry } cannot be undone, because the later #{ $later } is about the same; undo #{ $first } first, or press “Reopen” at { $id }

command-focus-step = Go to the step
command-focus-step-tip = Goes to the first thing that can be pressed in the step in hand
command-undo = Undo the last entry
command-undo-tip = Gives back what was there before; the entry stays, marked as undone
command-redo = Redo
command-redo-tip = Lets the entry count again that was undone last
rail-close-incident = Close the incident
closed-banner = This incident was closed at { $at }. Notes and corrections can still be added
begin-title = An incident is running
begin-what = If you begin a new one, the present one is put away and can be continued from Home. Nothing is lost.
begin-back = Back to the present one
begin-do = Begin a new one

close-others = { $count ->
    [one] Show { $count } other
   *[other] Show { $count } others
 }
chronology-by-number = As recorded
chronology-by-time = As it happened
chronology-copy = Copy what is shown
chronology-copy-stop = Stop copying
chronology-copying = Copying … ({ $count } of { $all })
home-untitled = Untitled (begun { $at })
mode-peacetime = Preparation
contact-checked-not = Source: { $source }

## Plain log
command-plain-log = Plain log
command-plain-log-tip = Writes lines with their time, without flow or journal; they can be added to an incident later
rail-plain-log = Plain log
plain-title = Plain log
plain-what = This works even when no incident can be begun. Each line is kept with its time and can be added to an incident later.
plain-text = Line of the plain log
plain-hint = What happened, then Enter
plain-add = Write it down
plain-saved = Saved: { $path }
plain-saved-temporary = Saved in the folder for temporary files: { $path }. A restart may empty it; save it elsewhere too, below
plain-not-saved = NOT saved (it is on the screen only): { $says }. Choose another folder below, copy the words, or write them on paper
plain-elsewhere = Save it elsewhere
plain-folder = Path of the folder for the plain log
plain-save-there = Save there
plain-copy = Copy the words
plain-join-later = Once an incident is open, the lines can be added to it here.
plain-join = Add to the open incident ({ $count ->
    [one] { $count } line
   *[other] { $count } lines
 })
plain-earlier = Plain logs of earlier runs
plain-earlier-log = { $path } ({ $count ->
    [one] { $count } line
   *[other] { $count } lines
 }): { $first }
plain-earlier-unread = { $count ->
    [one] { $count } line of it cannot be read; it stays in the file
   *[other] { $count } lines of it cannot be read; they stay in the file
 }
plain-joined = { $count ->
    [one] One line is being added
   *[other] { $count } lines are being added
 }

notice-other-renderer = An earlier start showed nothing with { $renderer }, so the window was opened with the other renderer; --renderer { $renderer } tries it again

settings-mirror = Mirror folder
settings-mirror-hint = Each entry is copied to this folder too, on a USB stick for example. Unplugging it never stops the record.
settings-mirror-folder = Path of the mirror folder
settings-mirror-begin = Copy to it
settings-mirror-stop = Copy no more
notice-mirror-not-marked = { $folder } cannot be the mirror folder: { $says }

## The flowchart
rail-chart = Flowchart
command-chart = Flowchart
command-chart-tip = Shows on the flowchart where we are, how we came, and what lies ahead
command-find = Find
command-find-tip = Finds a step on the flowchart, elsewhere entries of the record by words
command-show-in-chart = Show on the flowchart
command-show-in-chart-tip = Shows the step in hand in the middle of the flowchart
chart-title = Flowchart
chart-hint-zoom = Wheel: larger or smaller
chart-hint-move = Drag: move
chart-hint-open = Click: open the step
chart-boxes = Steps and decisions
chart-minimap = The whole chart
chart-find = Find a step
chart-find-hint = Number or title
chart-find-none = Not found
chart-found = { $number } of { $count }
chart-found-count = { $count ->
    [one] { $count } found
   *[other] { $count } found
 }
chart-find-next = Next
chart-find-clear = Clear the search
chart-whole = Whole
chart-whole-tip = Brings the whole flow into view
chart-here = Where we are
chart-here-tip = Goes to what is open; each press goes to the next
chart-smaller = Smaller
chart-larger = Larger
chart-legend = Legend
chart-past = As of
chart-play = Play
chart-stop = Stop
chart-pace = { $count ->
    [one] { $count } change a second
   *[other] { $count } changes a second
}
chart-pace-tip = Changes the pace of playing
chart-slider = As of which record
chart-past-at = As of entry { $count } of { $all }
chart-now = Back to now
chart-change-before = The change before
chart-change-after = The next change
chart-tip-opened = opened { $at }
chart-tip-parked = parked { $at }
chart-tip-settled = settled { $at }
chart-tip-withdrawn = not needed { $at }
chart-tip-done = once done
chart-show = Show on the flowchart: { $step }
