# Files of other programs, in and out.
workbook-refused = cannot be read: { $why }
workbook-no-file = this is no plain file (a device or a pipe) and is not read
workbook-quote = a quote that begins in line { $line } has no end, so that all lines behind it are one cell; add the quote, or save it anew with Excel
workbook-folder = this is a folder; a file is wanted
workbook-large = the file has { $size } MB, at most { $most } MB are read; save the sheet that you need as a file of its own
workbook-unpacks = the file unpacks to more than { $most } MB and is not read; save the sheet that you need as CSV
workbook-cells = the sheet names more than { $most } cells and is not read; delete the rows and columns outside the table and save it again, or save it as CSV
workbook-long = too many cells (at most { $most }); split it into several files and import them one by one
workbook-encrypted = the file has a password; open it in Excel, take the password off and save it
workbook-other = this is a { $kind } file, not a table; open it in Excel or LibreOffice and save it as xlsx
workbook-broken = the file is damaged or cut; open and save it again, or copy it anew
workbook-encoding = the encoding of the text is not known (UTF-8, GB18030, GBK and UTF-16 are); save it as CSV in UTF-8
workbook-json = JSON line { $line } cannot be read: a list of objects, or one object a line is wanted
workbook-empty = the file is empty
workbook-one-sheet = this file has only one table; leave --sheet out
workbook-no-sheet = no sheet "{ $said }"; there are: { $known }
import-basis = { $name }, line { $line }
import-note = { $heading }: { $text }
import-stated = The list stated: { $what }
import-direct = direct
import-score = score
import-level = level
import-listed = listed
import-recognised = { $name }: { $register }, head in line { $head }, rows of entries: { $rows }
import-not-recognised = { $file }: no head { $register ->
    [none] of any register
   *[other] of { $register }
} was recognised (the column of names must have a heading)
import-say-which = Say which register with --register, which sheet with --sheet.
import-others-alike = { $count ->
    [one] another sheet of this form is not taken: { $sheets }
   *[other] { $count } other sheets of this form are not taken: { $sheets }
}
import-take-others = --sheet all takes them together.
import-pick-others = Enter takes them together, or another one.
import-all-sheets = all { $count } of this form together
import-file = { $file }: { $why }
import-serial = id
import-factor = factor { $label }
import-residual = residual { $label }
import-residual-score = residual score
import-residual-level = residual level
import-method = method
import-on = evaluated on
import-by = evaluated by
import-from = basis
import-nothing = not taken
import-to-note = into the note as it is
import-own = the methods of this register ({ $methods })
import-share = { $method }: { $of ->
    [0] works out { $worked ->
        [one] 1 row
       *[other] { $worked } rows
    }; the list states no result
   *[other] agrees with { $agree } of { $of } rows
}
import-learned = level "{ $word }" is taken for { $level } (as most rows have it)
import-counts = { $new } new, { $changed } changed, { $same } the same, { $left } not taken
import-makes = also new in { $register }: { $count } ({ $titles }{ $more ->
    [0] {""}
   *[other] , and so on
})
import-off-scale = line { $line } { $title }: { $what }
import-undecided-screen = undecided evaluations: { $count }. 1 as stated, 2 as computed, 3 leave open
handout-exists = { $file } is there already and is not written over; take another name
import-change = Enter once more changes it: nothing that was decided or changed is kept.
import-nothing-back = there is no step to take back here; changes of the book are undone with u outside the import
import-delete-why = { $count } entries that are not in the file are to be deleted: { $serials }. Why?
import-leave = Esc once more leaves: nothing that was decided or changed is kept.
import-missing = not in the file: { $count }{ $go ->
    [0] {""} (they stay; --delete-missing deletes them)
   *[other] {""} (deleted)
}: { $serials }
import-unread-count = cells that cannot be read, their text goes into the note: { $count }
import-unread = { $place } { $heading }: { $why }
import-differs-count = rows whose evaluation is not as stated: { $count }
import-differs = stated { $said }; { $follows }
import-follows = its factors { $factors } give { $level } ({ $reason })
import-follows-not = its factors give nothing: { $why }
import-row = line { $line } { $title }: { $what }; { $keep }
import-unworked = line { $line } { $title }: nothing can be worked out, the factors go into the note: { $why }
import-bare = rows with a result and no factors: { $count }; taken as stated, and their reason says so
import-line = line { $line } { $what }: { $words }
import-line-entry = entry
import-line-section = section
import-line-head = head again
import-line-signed = signatures, not taken
import-line-total = total, not taken
import-line-remark = remark, not taken
import-line-untitled = without a name, not taken
import-line-above = over the head, not taken
import-astray = { $words } in the sheet { $of }: no row of the file has this id, not taken
import-line-beyond = cells behind column 512, not taken
import-keep-undecided = undecided
import-keep-stated = as stated
import-keep-computed = as computed
import-keep-open = left open
import-undecided = { $count ->
    [one] 1 row's evaluation is not as stated and is undecided
   *[other] the evaluations of { $count } rows are not as stated and are undecided
}: --verdicts stated (as stated, marked so), computed (as computed) or open (left open); nothing was written
import-nothing-new = the book has all of it already; nothing was written
import-why = Import of { $name }
import-done = imported as change { $seq }: new { $new }, changed { $changed }, made besides { $made }, deleted { $gone }; undo takes all of it back
import-twice = line { $line } { $title }: an earlier line is the same entry, not taken
import-doubled = line { $line } { $title }: more than one line has the id { $serial }; not taken until it is clear which counts
import-doubled-rows = { $count } lines share their ids with others, and which of them counts is not clear: change the ids in the file, or take lines out with x on the screen. Nothing was written.
import-sum-doubled = { $count } lines share their ids with others: Enter to see them, x takes one out
import-foreign = { $count ->
    [one] 1 line has an id
   *[other] { $count } lines have ids
} that the book has not; new entries get it: { $serials }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}
import-strange = line { $line } { $title }: the level "{ $level }" is none of the method's; it was not checked and goes into the note
import-unlike = sheets that are not taken: { $sheets }
import-signed-day = evaluated on the day of the signatures: { $day }
import-remembered = the columns mean what they meant in the last import of this form
import-no-row = no row can be taken; nothing was written
import-missing-here = { $count }, { $go ->
    [0] which stay (Enter deletes them)
   *[other] to be deleted (Enter keeps them)
}: { $serials }
import-refused = line { $line } is refused: { $why } Nothing was written.
import-looking = looking through { $file } ...
import-reading = Reading { $file } ... (Esc stops)
import-heading = Import  { $name }  { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
import-step-columns = 1 Columns
import-step-check = 2 Check
import-step-write = 3 Write
import-sheet = sheet
import-register = register
import-say-register = Enter says which register it is for
import-say-sheet = Enter takes another sheet
import-to-check = Enter or Tab: the next step, checking the rows
import-odd = To look at: { $count }{ $undecided ->
    [0] {""}
   *[other] ; undecided evaluations: { $undecided }. 1 as stated (marked), 2 as computed, 3 leave open, A rest like this
}
import-rest = The rest: { $count }
import-others = Lines that are no entry
import-like = like { $entries }: Enter says which it is; else it is new
import-fate-new = new
import-fate-changed = changed
import-fate-same = the same
import-fate-twice = twice, not taken
import-fate-left = not taken
import-sum-new = new
import-sum-changed = changed
import-sum-same = the same
import-sum-left = not taken
import-sum-unread = cells unread
import-sum-differs = not as stated
import-sum-bare = no factors
import-sum-missing = not in the file
import-sum-undecided = undecided evaluations: { $count }. Enter goes there
import-ready = F2 writes it: one change, u takes all of it back. Nothing has been written before that.
import-row-heading = Line { $line }  { $title }
import-which-file = Import which file: choose one, or type a path
import-which-path = type the path of a file
import-no-files = no lists here or in your downloads, documents or desktop; type a path, such as ~/register.xlsx
import-which-sheet = Which sheet
import-which-register = Into which register
import-which-method = Checked by which method
import-which-target = What this column is
import-which-entry = Which entry this row is
import-as-new = a new entry { $title }
import-mend = "{ $text }" is to be read as? (holds for the same words in this column)
import-keep-where = go to a row whose evaluation is not as stated
import-keep-rest-where = decide this row first (1, 2, 3); then A lets the rest be like it
import-kept-rest = { $count ->
    [one] 1 row is like this
   *[other] { $count } rows are like this
}
import-done-screen = imported as change { $seq }: new { $new }, changed { $changed }, made { $made }, deleted { $gone }; u takes all of it back
import-keep-unworked = nothing to compute, left open
export-ending = { $said }: the name of the file must end in .xlsx, .csv, .json, .md, .html or .txt
export-long-cell = "{ $column }" of { $serial } has more than the 32767 characters that a cell of Excel takes; write it as .json
export-refused = it cannot be written: { $why }
export-written = { $count ->
    [one] 1 entry
   *[other] { $count } entries
} written to { $file }
export-exists = { $file } is there already; take another name, or --overwrite
export-not-written = { $file } cannot be written: { $error }
form-number = No.
form-narrowed = only
form-narrow = --width is { $least } columns at least
form-serial = id
form-form-number = form
form-edition = edition
form-department = department
form-no-list = there is no register or view "{ $said }"
form-no-column = the register has no "{ $said }"{ $nearest ->
    [none] {""}
   *[other] ; is "{ $nearest }" meant?
}
form-no-record = only a register of audits has a record clause by clause; leave record out.
form-no-signer = nobody signs as "{ $said }"; there are { $known }
form-criteria = Criteria: { $method } (edition { $edition }) { $symbol } = { $formula }; { $factors }. Levels: { $bands } (those with ! are listed).
sign-date = Date:
sign-prepared = Prepared:
sign-checked = Checked:
sign-approved = Approved:
sign-recorded = Recorded:
sign-inspected = Inspected:
sign-department-head = Head of department:
sign-found-by = Found by:
sign-verified = Verified:
sign-reviewed = Reviewed:
form-no-department = no department
form-by-department = levels by department
form-format = a company's form is written as .html, .xlsx or .txt
handout = Export and print
handout-nothing = there is no list or record here to export
handout-ending = you chose .{ $ending }, so the name ends in it; for another format go back and choose that
handout-where = Write it to which file? (~ is your own folder; nothing is written over)
handout-xlsx = Excel workbook with all of it; edit it and import it again (I)
handout-form-html = the company's form, a page for printing (A4 across)
handout-form-xlsx = the company's form, Excel
handout-form-txt = the company's form, plain text (for lp or mail)
handout-form-both = the company's form in both languages, a page for printing
handout-both = Excel workbook in both languages
handout-csv = CSV with all of it
handout-json = JSON for programs
handout-md = Markdown
attach-no-place = { $register } has no place for files
attach-there = it is attached already, as { $name }
attach-not-there = no file is called "{ $said }"; there are: { $known }
attach-several = several files are called { $name }; say which by its SHA-256: { $hashes }
attach-mended = the content of { $name } is back.
attach-lost = the content of { $name } is gone or is not as it was; verify lists it
files-lost = , gone or not as it was
files-line = { $name }  { $size }  { $at } { $by }  { $hash }{ $state ->
    [none] {""}
   *[other] { $state }
}
files-heading = Files  { $entry }
files-no-files = this entry has no files.
files-none = no files yet. a attaches one.
files-which = Attach which file: choose one, or type a path
files-where = Copy it where to? (a folder, or the name of a file)
files-copied = copied to { $file }
files-opened = handed to the system to open: { $name }
files-no-opener = nothing here can open it; Enter copies it out.
issue-no-draft = { $entry } cannot be issued: it is no draft, or no list
issue-no-view = there is no view "{ $said }"; name a register or a view, such as significant-aspects
issue-used = { $number } { $edition } was issued before; take the next edition.
issue-taken = the number { $number } is that of { $list }; take another number.
issue-early = { $row } was evaluated on { $day }; it cannot be approved earlier.
issue-before = { $edition }, which it follows, was approved on { $day }; this one cannot be earlier.
issue-other-form = The form was changed after the issue; what it holds is as issued.
issue-begin = This is a draft: F2 keeps it; once it is filled in, P on the list issues it.
issue-ahead = { $day } has not come yet; nobody signs ahead of the day.
issue-nothing = there is nothing in { $list }; it is not issued
issue-changes = Against { $from }: { $what ->
    [none] no change
   *[other] { $what }
}
issue-new = new { $entry }
issue-gone = gone { $entry }
issue-changed = changed { $entry } ({ $fields })
issue-done = issued { $title } { $edition } ({ $number }), { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, as change { $seq }
issue-same = { $number } { $edition }: as it was issued
issue-since = { $number } { $edition }: changed since it was issued: { $count ->
    [one] 1 row
   *[other] { $count } rows
}
issue-draft = { $number } { $edition }: a draft
issue-broken = { $number } { $edition }: its seal does not hold; the list or the book was tampered with, see taizhang verify
issue-none = no list has been issued
issue-late = Not what is true now: { $count ->
    [one] 1 row
   *[other] { $count } rows
} changed since { $edition } (until { $day })
issue-superseded = Superseded: { $number } { $edition } is no longer in force
issue-withdrawn = Withdrawn: { $number } { $edition } is no longer in force
issue-uncontrolled = Uncontrolled print: { $number } { $edition } is in force{ $count ->
    [0] , with the same content.
    [one] , 1 row changed since.
   *[other] , { $count } rows changed since.
}
issue-page = Issued  { $list }
form-list-number = list number
form-seal = seal
pack-exists = { $file } is there already and is not written over; take another name
pack-none = { $file } is no audit pack: it has no SHA256SUMS
pack-written = audit pack of { $count } files: { $file }
pack-lost = A file's content is gone or was changed, and is not in the pack: { $file }
pack-unread = cannot read { $file }: it is no whole pack; get another copy ({ $why })
pack-inside = { $file } lies in the folder of the book; put the pack elsewhere
pack-damaged = the book is damaged, and a pack of it would lack something; taizhang verify first, and mend it
pack-not-in = (not in this pack)
pack-only = only: { $departments }
pack-empty = (no entries)
pack-personal = What is personal, such as health examinations, is in it too: keep it safe.
pack-no-personal = What is personal, such as health examinations, is not in it.
pack-nothing = on that day there was nothing in the book yet, so there is nothing to pack
pack-twofold = { $file } holds two files of one name: somebody changed it; get another copy.
pack-absent = There is no { $file }.
pack-back = to the first page
pack-attached = Files
pack-scope = Holds{ $departments ->
    [none] {""}
   *[other] {" "}the lists, files and evidence of { $departments }
}{ $clauses ->
    [none] .
   *[other] { $departments ->
    [none] {""}
   *[other] ,
} the evidence and findings of clause { $clauses }.
} Changes and issued lists are the whole company's.
pack-changed = changed
pack-missing = missing
pack-besides = besides
pack-checked = { $whole ->
    [one] 1 file is
   *[other] { $whole } files are
} as made, { $wrong } not
pack-title = Audit pack
pack-lists = Registers and lists
pack-changes = Changes in the period
pack-as-of = As of { $day }, change { $seq } of the book
pack-readme = Begin with index.html: one page a clause, with its documents, records, findings and questions, leading to lists and files.
    Below lists are the registers and views (pages to print; the xlsx hold everything), below records the records on their forms, below issued the lists that were issued, below files what was attached; changes.html tells the changes of the period.

    Whether anything was changed can be seen without any program of its own. In this folder run

    sha256sum -c SHA256SUMS

    (macOS: shasum -a 256 -c SHA256SUMS; Windows: certutil -hashfile FILE SHA256, against its line in SHA256SUMS).
    Every file should be OK; a file that SHA256SUMS does not name was put there later.
pack-where = Write the audit pack where? (a .zip, or a new folder; ~ is your own)
import-which-choice = Which one this cell is (holds for the same words in this column)
