# Why a change is refused, and what typed values can get wrong.
book-unknown-register = there is no register "{ $said }".
book-unknown-entry = there is no entry { $entry }, or it is deleted.
book-unknown-field = { $register } has no field "{ $field }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
}
book-wrong-kind = the field "{ $field }" takes a { $kind }.
book-unknown-choice = "{ $field }" has no choice "{ $code }".
book-bad-link = "{ $field }" cannot lead to entry { $entry }: it is not in a register it may lead to, or deleted.
book-one-link = "{ $field }" takes one link only.
book-no-title = the title "{ $field }" must not be empty; everything else can wait.
book-serial-taken = the serial "{ $serial }" has been used; choose another.
book-bad-serial = "{ $said }" cannot be a serial: it must not be empty, has at most 60 characters, and each must be seen.
book-too-large = this entry has { $kilobytes } kB, at most 60 kB are kept; shorten it or put the content into a file.
book-unproved = the result in "{ $field }" does not follow from its factors; evaluate again.
book-nothing-changed = nothing changed.
book-not-deleted = entry { $entry } is not deleted.
enter-not-a-number = "{ $said }" is not a number; write 12 or 0.5.
enter-out-of-range = { $max ->
    [none] it must be at least { $min }.
   *[other] { $min ->
        [none] it must be at most { $max }.
       *[other] it must lie between { $min } and { $max }.
    }
}
enter-not-a-date = "{ $said }" is not a date; write 2022-03-18, 2022-03, today, 30d or +3m.
enter-date-far = "{ $said }" is too far; the year must lie between 1900 and 9999.
enter-no-such-month = "{ $said }": there is no such month; they run from 1 to 12.
enter-no-such-day = "{ $said }": there is no such day: month { $month } has { $last } days.
enter-not-yes-no = "{ $said }" is neither yes nor no.
enter-not-a-choice = there is no choice "{ $said }"{ $nearest ->
    [none] ; the choices are: { $all }.
   *[other] ; did you mean "{ $nearest }"? The choices are: { $all }.
}
unfilled-none = none
anywhere = any register
enter-no-such-entry = there is no "{ $said }" in { $registers }; give a serial or the full title.
enter-ambiguous = several entries are called "{ $said }": { $serials }; give a serial.
enter-no-such-column = the rows have no column "{ $said }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
}
enter-shape = the value has the wrong shape; this field takes { $kind }.
enter-not-rows = the value has the wrong shape; this field takes rows: a JSON list with an object for each row, cells may be left out, such as { $example }; rows that are there already belong in it too.
enter-computed = an evaluation follows from factors; use evaluate, it cannot be set.
undo-rule = your last change (#{ $seq }) put a rule in force, which is not undone; another edition changes it back.
undo-nothing = there is no change of yours left to undo.
redo-nothing = there is nothing to redo.
undo-in-the-way = { $serial }: { $field ->
    [none] the entry
   *[other] "{ $field }"
} was changed later{ $later ->
    [none] {""}
   *[other] {" "}({ $later })
}, so commit { $seq } cannot be undone. To go back all the same: B in the history (H).
book-twice = { $serial } stands in this change twice; put both into one.
enter-not-a-time = "{ $said }" is not a time of day; write 09:30, 0930 or 09:30:15.
point-form = "{ $said }" is no date, time or number of a commit; write 2021-05-31, 2021-05-31 14:00, 2021-05, -10d or #12.
point-commit = there is no commit { $seq }, the last is #{ $last }. Write a date in full: 2021-05-31.
point-future = { $said } is still to come.
point-no-audit = no audit is recorded yet (the register audits has no date before today). Give a date, such as 2021-05-31.
point-no-review = no review round was closed yet (the register reviews has none). Give a date, such as 2021-05-31.
book-nothing-there = { $serial } was not there then, nothing was put back. When it was: taizhang show { $serial } --history.
book-never-other = "{ $field }" of { $serial } was never changed, so there is no old value to put back.
net-new = new
net-changed = changed
net-reevaluated = confirmed
net-same = as before
net-removed = removed
net-passing = came and went
net-flipped = verdicts flipped { $count }
net-flipped-mark = verdict flipped
net-serial = id
past-read-only = this is the book as of { $day }; it cannot be changed. Esc goes back to today.
past-nothing = on { $day } there was nothing in the book yet{ $first ->
    [none] .
   *[other] ; the first change was on { $first }.
}
past-other-definitions = this version cannot read the definitions of that day; it is shown with the present ones.
book-gate = "{ $choice }" cannot be taken yet: { $lack }
gate-empty = fill in { $fields } first.
gate-alone = { $one } and { $other } must be two people.
gate-early = { $then } lies before { $first }.
book-kept-field = { $field } is recorded by the program and not changed by hand. { $instead }
book-frozen = { $field } is settled and not changed by hand. { $instead }
book-kept-register = Entries here are recorded by the program and not added by hand. { $instead }
book-kept-entry = { $serial } is recorded by the program and not deleted by hand. { $instead }
enter-formula = the formula of this cell came to nothing ({ $said })
