# The commands.
command-taizhang = taizhang 台账: the registers of an ISO 14001 / ISO 45001 management system, kept, scored and found in a terminal. Without a command the screen opens.
command-init = make a book (--sample with the sample, --empty without)
command-path = the folder of the book
command-registers = the registers
command-fields = the fields of a register
command-views = the views
command-methods = the methods, or one in full
command-list = the entries of a register or view
command-find = find in every register
command-show = one entry in full (--history)
command-status = the figures of home (--line: one line, for a login banner)
command-reviews = the review rounds and how far each is
command-review = what a review round came to
command-add = add (--stdin: a JSON object a line, one commit)
command-set = change (FIELD= clears)
command-evaluate = evaluate (--residual: with the controls in place)
command-delete = delete (--why)
command-undo = take back one's own last change, further and further
command-redo = do again what was taken back
command-score = score without keeping it
command-verify = prove the journal, the state and every evaluation
command-completions = completions for a shell
command-man = the manual page
command-help = this, or what a command takes
cli-plain = { $said }
cli-no-entry = there is no entry "{ $said }"{ $nearest ->
    [none] ; look for it with find.
   *[other] ; did you mean "{ $nearest }"?
}
cli-deleted = { $serial } was deleted on { $date } by { $by }. Why: taizhang show { $serial } --history. To bring it back: taizhang restore { $serial } --why TEXT.
undone-add = taken back: { $serial } "{ $title }" is not there any longer. taizhang redo adds it again.
undone-set = taken back, { $serial } is again as it was:
undone-delete = brought back, { $serial } is there again:
redone-add = added again, { $serial }:
redone-set = changed again, { $serial } now is:
redone-delete = deleted again: { $serial } "{ $title }".
done-delete = deleted: { $serial } "{ $title }". taizhang undo brings it back.
cli-not-a-pair = "{ $said }" must be NAME=VALUE.
cli-unknown-column = there is no column "{ $said }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
} There are: { $known }.
cli-not-an-object = line { $line } is not a JSON object; give one a line, such as {"{"}"aspect":"..."{"}"}. Nothing was changed.
cli-line = line { $line }: { $what } Nothing was changed.
cli-line-not-utf8 = this is not text in UTF-8.
cli-derived = { $field } is worked out from { $from } and has no old values of its own; say { $id }.
cli-unknown-field = { $register } has no field "{ $field }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
} There are: { $known }.
cli-no-round = { $serial } is one of { $register }, no review; "taizhang reviews" lists the reviews.
cli-not-yet = { $serial } was not there yet on { $day }: { $by } added it on { $added } (#{ $seq }).
cli-computed = "{ $field }" is worked out and cannot be set; use evaluate.
cli-bad-field = "{ $field }": { $what }
field-named = { $label } ({ $id })
cli-unknown-command = there is no command "{ $said }"{ $nearest ->
    [none] ; see taizhang --help.
   *[other] ; did you mean "{ $nearest }"?
}
cli-unknown-argument = there is no option "{ $said }"{ $nearest ->
    [none] ; see --help.
   *[other] ; did you mean "{ $nearest }"?
}
cli-unexpected = "{ $said }" is not expected here; see --help.
cli-no-value = { $argument } wants a value{ $known ->
    [none] .
   *[other] ; it can be { $known }.
}
cli-twice = { $argument } can be given once only.
cli-field-twice = "{ $field }" is given twice; keep one.
cli-empty = { $argument } is empty; give it something, or leave it out.
cli-unseen = { $argument } has an invisible character { $code }; leave it out.
cli-why-empty = { $argument } gives an empty reason; write a few words that can be seen, they are kept in the history.
cli-empty-command = the command is empty; see taizhang --help.
cli-empty-unexpected = an empty argument is not expected here; see --help.
cli-empty-pair = one of the arguments is empty; write NAME=VALUE.
cli-not-utf8 = "{ $said }" is not text in UTF-8; check the encoding of the terminal or script.
cli-conflict = { $argument } and { $other } exclude each other.
cli-wrong-call = this is not how it is called; see --help.
cli-missing = { $what } is missing; see --help.
cli-missing-command = a command is missing behind it; there are { $known }.
cli-bad-value = { $argument } cannot be "{ $said }"{ $known ->
    [none] .
   *[other] ; it can be { $known }.
}
cli-not-a-day = "{ $said }" is no day; write 2022-03-18, today or -10d.
cli-unknown-theme = there is no theme "{ $said }"; there are { $known }.
usage-head = Usage
usage-commands = Commands
usage-command = COMMAND
usage-arguments = Arguments
usage-options = Options
option-book = the folder of the book (else TAIZHANG_BOOK, else ~/.local/share/taizhang)
option-lang = the language: zh or en
option-theme = the look of the screen: default, mono, light, high-contrast, or one's own
option-allow-network-disk = open a book on a network disk too; locks and syncs do not hold there, so only where nobody else opens it
option-help = show this
option-version = show the version
option-sample = with the sample (it is made up): found, as its auditor saw it, or mended two weeks later
option-anyway = take a time before the first stamp, or half a day away, too
option-empty = with nothing in it
option-organisation = the name of the organisation
option-register = name or id of a register, such as aspects; see registers
option-json = print JSON
option-line = one line only
option-csv = print CSV
option-list = name or id of a register or view; see registers and views
option-query = such as 部门:技术部 'score>=13' -condition:emergency; plain words are looked for, pinyin too
option-columns = which columns, divided by commas; see fields
option-sort = by which columns; with - before it the greatest first, such as -score
option-limit = how many at most
option-history = with the history: who, when, what, why; --history=FIELD of one field only
option-id = the id, such as EA-0001
option-values = FIELD=VALUE, the field by name or id, several values divided by commas; a file as @PATH; FIELD= clears
option-factors = FACTOR=VALUE, such as L=3 E=6 C=15; see methods
option-stdin = read a JSON object a line from standard input, one commit in all
option-why = the reason, kept in the history
option-method = a method, with its edition if wanted, such as lec@1; see methods
option-on = the day of the evaluation (today where none is given)
option-by = who took part, divided by commas
option-basis = what it rests on
option-direct = a direct judgement, such as I, without factors
option-residual = the values are those with the controls in place
option-release = take it off the list although only law or concern fell
option-shell = bash, zsh, fish, elvish or powershell
option-command = the command to be told about
cli-register = register
cli-name = name
cli-form = form
cli-entries = entries
cli-field = field
cli-kind = kind
cli-values = values
cli-view = view
cli-query = query
cli-method = method
cli-formula = formula
cli-id = id
cli-title = title
cli-level = level
organisation = our organisation
verify-not-compared = the state was not compared: { $why }
verify-failed = { $findings } do not hold, see above. Looked at { $commits } commits, { $entries } entries, { $evaluations } evaluations. Head { $head }
verified = proved: { $commits } commits, { $entries } entries, { $evaluations } evaluations worked out again. Head { $head }
finding-evaluation = { $serial }: kept is { $kept }, from the factors follows { $follows }. Evaluate it again.
finding-no-method = { $serial }: the method { $method } is not defined any longer, so it cannot be proved; put it back.
cli-delete-linked = { $count } entries link to it; they will show it as deleted. undo brings it back.
status-line = { $organisation }: { $review } to review, { $outdated } outdated, { $unrated } unrated, { $open } incomplete; reviews open: { $rounds }, drills due: { $drills }, problems open: { $problems }, questions open: { $questions }
status-damaged = ! damaged: { $place }; only up to commit { $seq } can be counted.
status-due = due
status-open = incomplete
command-draw = draw a sample; the same seed draws the same entries
command-questions = what auditors asked, by clause, for the closing meeting
option-count = how many to draw (5 where not said)
option-seed = the seed; where not said one is made and printed
option-note = keep the draw as an audit question
option-open = only those not answered yet
draw-kept = Kept as { $serial }.
command-try = What a new edition of a method would say: who is listed, who drops out, who changes score; writes nothing
command-apply = Put a new edition of a method in force (with reason and approver)
command-carry = Evaluate again by the edition in force what carries over
option-toml = The text of its file, to be saved and changed into a new edition
option-file = The method's file (TOML), here or in the book's folder
option-approved-by = Who approved it
command-changes = what changed between two points in time (--since)
command-restore = put an old value back, or bring back a deleted entry (--from which commit)
changes-head = from #{ $since } to #{ $until }: { $commits } commits, { $entries } entries touched.
changes-by-nobody = nobody called "{ $said }" has changed anything{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
} There are: { $known }.
changes-backwards = from #{ $since } to #{ $until } runs backwards; --since must come before --until.
option-as-of = as it was at the end of a day, at a moment, or after a commit: 2021-05-31, "2021-05-31 14:00", #12
option-since = since when: a date, a time, #12, or audit (the last one), review (the last one)
option-until = until when (now where none is given)
option-changes-by = only what this person changed
option-registers = only these registers
option-field = which field
option-from = taken from how it was at a time or after a commit; without it, how it was last
restore-not-deleted = { $serial } is not deleted, nothing was put back. An old value: --field FIELD; the whole entry as it was: --from DATE or #N.
restored = as commit { $of } had it, { $serial } now is:
status-outdated = outdated
status-wanting = reviews open: { $rounds }, plans to drill: { $drills }, drills with open problems: { $problems }, other dates near or past: { $dated }, months to record: { $months }, questions open: { $questions }; to be looked at: { $stale }
command-check = what an auditor would find, clause by clause (leaves with 1 where something is missing or contradicts)
option-clause = only rules for this clause, such as 8.1
command-accept = accept a finding as it is: it is silent until a day, or until the entry changes
option-check = the id of a check, such as contract-number
option-accept-until = until which day; a year where not said
command-evidence = what there is for a clause: what it asks, documents, records, findings, questions asked
command-coverage = every clause by department: pieces of evidence and findings
option-evidence-clause = the number of a clause, such as 8.2
option-department = only this department, by id or name
command-chain = what hangs on an entry, step by step, and where a link is missing
cli-evaluate-why = The level changes from { $from } to { $to }: say why with --why.
option-days = what is due within so many days
option-person = only what this person (role) has to do
option-ics = a calendar file (RFC 5545) for Outlook, a phone and others; everything, unless --days is given
option-output = write it to this file instead of printing it
command-terms = words on environment and safety in the terms of a contract: where, by which rule, what the review says
command-confirm = confirm a line of a contract: it applies (owner, control), has no effect (why), or nothing was found
option-confirm-line = which line of the terms
option-kind = the kind, such as safety, where a line has several
option-owner = who sees to it
option-control = ids of what controls it (documents, aspects, hazards, plans), divided by commas
option-requirement = what is required; the line itself where not said
option-no-effect = it has no effect, and why
option-none = nothing was found in the terms: who looked, and when
option-confirm-by = who looked; oneself where not said
command-audit = an audit: its clauses with their evidence, what is noted, and its record
command-audit-show = clause by clause what there is to see and what was noted
command-audit-note = note something under a clause
command-audit-record = make the record, in Markdown or plain text
option-audit-id = the id of the audit, such as AU-2022-01
option-audit-kind = the kind by name or code: shown, practice, interview, question, observation, nonconformity, unsampled
option-audit-text = the words; ids in them become entries of the note
option-entries = the entries it rests on, ids with commas between
option-audit-department = which of the audited departments, by id or name; not needed where there is one
option-format = the format: markdown (usual) or plain
command-stale = entries that are to be looked at because something changed, and what that was
stale-sum = To be looked at: { $count }.
command-unchanged = entries that were to be looked at stay as they are
option-ids = one or several ids
option-unchanged-by = who looked (you, where none is given)
option-unchanged-on = the day of the look (today, where none is given)
command-import = Import a list (xlsx, xls, ods, csv, json): evaluations are checked, all is written at once and can be undone
option-import-register = which register; recognised where it is not said
option-sheet = which sheet, by name or number; the first that is recognised where it is not said
option-verdicts = rows whose evaluation is not as stated: stated (as it is, marked so), computed, or open
option-delete-missing = entries that are not in the file are deleted; they stay where it is not said
option-try = only say what would happen and write nothing; exits with 1 where something disagrees
option-import-file = the file to import
option-map = a file (TOML) that says what each column is; where it is not said, as with the last list of the same form
command-export = Write a list to a file: xlsx, csv, json, md, html, txt; it can be imported again as it is
option-to = the file; its ending says which format
option-export-lang = the language of the file: zh, en or both
option-overwrite = write over a file that is there
command-print = Print a list or a record on the company's form: as plain text, or to html or xlsx
option-print-what = a register, a view, or the id of a record
option-width = columns of the plain text; 120 where it is not said
option-form = on the company's form: title, number, merged activities, criteria, prepared/checked/approved
command-attach = Attach files to an entry: photos, sign-in sheets, licences, signed originals
option-remove = take the file of this name off
option-attach-files = the files to attach
command-files = The files of an entry: name, size, who attached it when, whether it is whole; copied out where asked for
option-files-to = copy all of them to this folder
command-issue = Issue a list: number, edition, prepared/checked/approved, bound to its content; or issue a draft (IS-0001)
option-issue-what = a register, a view, or the id of a draft
option-number = the number of the list
option-edition = the edition; the next one (A/0, A/1) where it is not said
option-prepared-by = who prepared it
option-prepared = when it was prepared
option-checked-by = who checked it
option-checked = when it was checked
option-approved = when it was approved
command-issued = The issued lists, and what changed since
option-issued-what = only those of this register or view
command-pack = An audit pack: registers, issued lists, evidence by clause, files, changes and findings, to be checked by itself
option-pack-path = a new folder, or a .zip
option-pack-departments = only of these departments
option-pack-clauses = only of these clauses
option-pack-since = changes since when; the year before where it is not said
option-personal = what is personal too, such as health examinations
command-pack-verify = Check an audit pack
