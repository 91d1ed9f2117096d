# The screens.
terminal-none = this is no terminal, so no screen can be shown. Scripts use commands such as taizhang list aspects; see taizhang help.
terminal-dumb = this terminal (TERM) cannot move its cursor, so no screen can be shown. Use commands such as taizhang list aspects; see taizhang help.
terminal-not-utf8 = the locale is not UTF-8, so Chinese cannot be shown. First: export LC_ALL=C.UTF-8 (or zh_CN.UTF-8), or use commands.
theme-unknown-role = there is no role "{ $said }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
}
theme-unknown-colour = "{ $said }" is not a colour; write red, #rrggbb or 0 to 255.
too-small = Window too small: { $needed } needed, { $now } now.
too-small-wait = Enlarge it to go on; nothing is lost. q leaves.
welcome-name = taizhang 台账
welcome-question = There is no book here yet. Where to begin?
welcome-sample = Look at a sample
welcome-sample-what = a software company: aspects, hazards, drills
welcome-empty = Start empty
welcome-empty-what = registers and methods only, entries are yours
welcome-leave = Leave
welcome-folder = The book will be in
welcome-elsewhere = Elsewhere
welcome-elsewhere-how = taizhang --book FOLDER
welcome-hints = 1-3 choose  Enter open  L 中文  q leave
read-only = read only
damaged-read-only = damaged, read only
date-fixed = sample, date fixed
home-due = To do
home-registers = Registers
home-entries = entries
home-listed = listed
home-unrated = unrated
home-changed = last change
home-empty = The book is empty yet. Begin here:
home-empty-import = I  import a list from Excel: looked over first, u takes it back
home-empty-add = 1  open a register and add an entry with a; 0 lists all registers
home-latest = Latest changes
due-review = { $register }: review due within 30 days or overdue
due-rounds = Reviews not ended: R goes on
due-evaluation = { $register }: not evaluated yet
due-open = { $register }: required fields are open
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
rows = { $count ->
    [1] 1 entry
   *[other] { $count } entries
}
rows-of = { $count } / { $total } entries
marked = { $count } marked{ $hidden ->
    [0] {""}
   *[other] , { $hidden } not shown do not count
}
sorted-down = { $column }, high to low
sorted-up = by { $column }
table-empty = No entries yet. Press a to add one, I to import a list.
table-nothing-matches = Nothing matches. / changes the filter, Esc goes back.
cell-not-editable = the program gives this column; it is not changed here.
not-scored = this register is not scored.
view-needs-filter = narrow with / first, then keep the filter as a view.
ask-delete = Delete { $what }{ $count ->
    [1] {""}
   *[other] {" "}({ $count } in all)
}{ $links ->
    [0] {""}
    [1] , to which 1 entry links
   *[other] , to which { $links } entries link
}. Why?
ask-view-name = Keep "{ $query }" as a view called:
view-saved = the view "{ $name }" is kept; { $key } opens it. u undoes
ask-something = write a few words, or press Esc to leave it.
saved-entry = saved { $serial }{ $count ->
    [1] {""}
   *[other] {" "}and others, { $count } in all
} (commit { $seq }). u undoes
undone = undone: { $what }. u goes further back, U redoes
redone = done again: { $what }.
nothing-changed = nothing changed.
draft = draft
draft-dropped = The draft is gone.
draft-drop-again = Once more drops this draft.
draft-of-deleted = What this draft is of was deleted; restore it, or drop the draft with d.
and-more = and { $count } more
evaluated-again = confirmed:
yesterday = yest. { $time }
draft-kept = not saved; a draft is kept and comes back when this is opened again.
draft-kept-new = not saved; a draft is kept and comes back when one is added again.
draft-kept-many = not saved; a draft is kept: home goes on with it.
draft-restored = going on with the draft kept last time
form-new = New  { $register }
form-bulk = Change { $count } entries at once
bulk-blank = Left blank it changes nothing: { $count ->
    [1] 1 entry keeps its value
   *[other] { $count } entries keep their values
}. Delete empties.
bulk-clears = Saving takes { $count ->
    [1] 1 value
   *[other] { $count } values
} away. Typing or F4 keeps.
form-changed = { $count } changed, not saved
was = was: { $value }
row-problem = row { $row }, "{ $column }": { $what }
row-too-many = row { $row } has more than { $count } cells; cells are divided by |.
press-enter-to-link = Enter picks
press-enter-to-evaluate = Enter evaluates
field-help = { $help }
field-no-help = fill this in as on the company's form; * is required, though it can wait.
open-fields = { $count } open: { $fields }
edited = changed { $at } by { $by }
verdict = { $sign } { $level }: { $reason } ({ $factors }).
verdict-plain = { $sign } { $level }: { $reason }
verdict-residual = residual { $score } { $level }
verdict-method = { $method }, edition { $edition }, { $on }
edition = edition { $edition }
list-comma = ,{" "}
to-fill = open
residual = residual
initial = initial
basis = basis
by = by
evaluation = evaluation
evaluate = Evaluate
level = level
now = now
before = before
scale = scale
scale-by-digit = scale: press a digit
scale-by-letter = scale: a letter, or a value and Enter
other-method = evaluate by which method
odd-save-again = { $what } { $key } again saves it all the same.
evaluate-nothing-to-release = Nothing is kept on the list here that could be taken off.
evaluate-no-direct = This method has no direct judgement.
evaluate-undo = { $key } steps back here; u undoes what is saved: press it outside.
rule = rule
is-listed = listed
veto = { $factor } >= { $at } alone makes it { $level }
history = History
why = Why
act-add = added
act-set = changed
act-delete = deleted
act-restore = restored
way-undo = undo of commit { $seq }{" "}
way-redo = redo of commit { $seq }{" "}
because = why: { $why }
views = Views and registers
views-delete = Delete deletes this view
sort-by = Sort by which column (again to turn it round)
bulk-field = Change which field at once
link-to = Link to (Space takes, Enter confirms)
matrix = Risk matrix
matrix-unrated = not rated: { $count } of { $total }
find = Find
list = list
commands = Commands
type-to-narrow = type to narrow; pinyin works too
nothing-found = Nothing found.
direct-judgement = Direct judgement
draft-overtaken = Somebody changed it since.
draft-overtaken-by = changed since to: { $value }
field-wrong = { $field }: { $what }
saved-open = saved { $serial }, { $open } required left open (change { $seq }). u undoes
deleted-entry = deleted { $serial }{ $count ->
    [1] {""}
   *[other] {" "}and others, { $count } in all
} (change { $seq }). u undoes
theme-now = theme: { $name }
off-scale = not on the scale
row-columns = one a line, with | between: { $columns }
pane-needs-room = The pane needs a window of { $columns } columns.
verdict-by = , { $by }
sorted-back = by { $column }, backwards
sample-note = This is a sample: its date is fixed at { $today }, and what you change is of that day too. Try anything; delete { $folder } when you are done.
empty-note = The name of the organisation, the time zone and people's names stand in { $folder }/book.toml; changes there count from the next start.
free-again = Nobody has the book any longer: leave and open it again to change it.
field-help-date = Such as 2023-03-15, 2023-03, 3-15, today, +3m (in three months), -10d.
field-help-number = A number such as 12 or 0.5.
field-help-choice = Left and right, a digit or its first letters choose; Space puts a choice or takes it away.
field-help-links = Enter opens the list, typing narrows it, Space takes several; F5 makes what is not there.
field-help-evaluation = Enter or F6 evaluates; score and level follow from the method and cannot be typed.
field-help-time = A time of day such as 09:30, 0930 or 09:30:15.
filter-no-choice = { $column } has no "{ $said }"; it has: { $choices }
field-help-rows = One row a line, cells in this order with | between, empty where there is nothing: { $columns }. Such as: { $example }
column-help = { $name } ({ $help })
column-date = a date
column-number = a number
column-links = an id
field-help-files = The path of a file on each line; leaving the field keeps a copy in the book. Kept ones stand by name.
month-changes = Changes in { $month }: { $count }
and-more-entries = and { $count } more entries
home-months = changes
copied = Copied: { $what }   { $more }
copied-tmux = (tmux: set-clipboard on)
copy-nothing = There is no entry here to copy; go to one, or press Y.
copy-again = { $key } again: { $next }.
copy-next-row = the whole row
copy-next-id = the number only
copy-next-reason = the reason only
plain-lines = all { $count } lines
no-status = This register has no column for a status.
question-as-of = as of { $day } #{ $seq }
closing-meeting = closing meeting: what auditors asked, clause by clause
question-new = Audit question
question-of = { $what }:{" "}
question-alone = no entry with it
question-clause = Clause
question-words = Question
settle-answer = answer, may be left out; numbers in it become evidence
earlier = before
earlier-count = evaluated { $count ->
    [one] once
   *[other] { $count } times
} before
until = until { $day }
look-up-kept = pinned
look-up-used = used
look-up-pinned = "{ $text }" is pinned; once more lets it go.
look-up-unpinned = "{ $text }" is pinned no longer.
due-questions = { $register }: not answered yet
due-outdated = { $register }: judged by an older edition of the rule
rules = Methods
rules-count = { $count }
rules-method = method
rules-edition = edition
rules-used = used
rules-outdated = older
rules-approved = approved
rule-ask-file = Where is the new edition's file? (a name in the book's folder, or a full path)
rule-ask-why = Why is it changed?
rule-ask-approver = Who approved it?
rule-ask-carry = Some entries change their level. Why?
rule-left = { $count } entries rest on older editions; { $over } carry over together (v), open the others one by one
rule-left-flips = Some of them change their level, which wants a reason
rule-concern = law or concern: may raise, never lower
outdated = older edition, evaluate again
rules-how = A new edition: save taizhang methods { $id } --toml as a file, change it, then press { $key }
past-title = as of { $day } #{ $seq }{ $rest ->
    [none] {""}
   *[other] , { $rest }
}
past-work-open = save or leave what is being filled in first.
past-left = Back to today.
past-last = No change comes after this one; Esc goes back to today.
past-at = #{ $seq }  { $at }  { $by }  { $what }
past-definitions = definitions
past-table-empty = No entries yet on that day.
past-not-then = this entry was not there then.
ask-as-of = As of when? A date, a time or #12.
ask-since = Changed since when? A date, a time or #12.
since-empty = Empty: { $said } { $day }
since-today = Empty or Esc: today
changes-title = Changes   { $since } -> { $until }
changes-none = Nothing changed.
way-restore = as commit { $seq } had it{" "}
ask-restore-entry = Bring back { $serial } as commit { $of } had it. Why?
ask-restore-field = { $serial } { $field } back to "{ $value }" (#{ $of }). Why?
ask-restore-whole = Put all of { $serial } back to what commit { $of } had. Why?
restore-where = choose a change in the history (H), then B puts back what was there before it.

# Every register, by the chapters of the standards
registers-all = All registers
registers-count = { $count ->
    [one] one register
   *[other] { $count } registers
}
chapter-4 = 4 Context
chapter-5 = 5 Leadership, participation
chapter-6 = 6 Planning
chapter-7 = 7 Support
chapter-8 = 8 Operation
chapter-9 = 9 Performance evaluation
chapter-10 = 10 Improvement
chapter-other = Other
action-registers = every register
hint-registers = all registers
due-stale = Changed, to look at:
stale-line = ? look again: { $causes }
stale-label = look again
stale-nothing = Nothing has changed that is to be looked at here.
stale-why = { $entry }: { $cause }. It stays as it is: why?
stale-why-many = { $count } entries that are to be looked at stay as they are: why?
stale-who = Who looked, and on which day?
stale-who-too = Say who looked, with the day behind the name.
