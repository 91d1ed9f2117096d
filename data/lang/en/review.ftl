# Review rounds.
book-bad-review-months = the review cadence "{ $said }" must be from 1 to 120 months.
review = Review
review-what = What to review
review-resume = go on with { $name }
review-to-go = { $pending } of { $total } to go
review-marked = the marked rows
review-filter = the filter in force: { $filter }
review-listed-ones = significant and major
review-due = due: next review is here, or not looked at for { $months } months
review-all = all
review-since = changed since a day
review-changed-since = changed since { $day }
review-every-register = every register
review-title = { $year } { $name }, { $list }
review-nothing = no entry is in this; there is nothing to review.
review-comma = ,{" "}
review-last = last
review-then = since
review-note = note
review-confirmed = confirmed { $day }
review-tally = kept { $kept }  changed { $changed }  aside { $aside }
review-gone = { $serial } is deleted; nothing to review. Enter goes on
review-was-kept = kept
review-was-changed = changed
review-was-aside = set aside
review-was-unseen = kept unseen with the rest
review-elsewhere = waits in { $round } too
review-stopped = { $round } stops here, { $pending } of { $total } to go. R goes on
review-flip-on = comes onto the list
review-flip-off = leaves the list
review-rest-wrong = write the number { $count }, a blank, and the reason.
review-answer-first = some are open: 0 none, n write it down, a new entry.
review-end = End of review
review-else = Anything new since the last round?
review-none = none
review-found = yes
review-where = Into which register
review-when = date
review-open = still open
review-result = result
review-counts = reviewed { $done } of { $total }: kept { $kept }, changed { $changed }, set aside { $aside }{ $unseen ->
    [0] {""}
   *[other] , kept unseen { $unseen }
}
review-lost-count = outcomes missing: { $count } (deleted, see their history)
review-gone-count = deleted before: { $count }
review-pending-count = not yet looked at: { $count }
review-changed = changed
review-aside = set aside
review-unseen = kept unseen
review-flipped = (flipped)
review-list = list
review-listed = { $count } listed now: { $added } new, { $dropped } left
review-next = next review
review-next-day = { $day }  { $count }
review-asked = anything new
review-left = to { $to }{ $until ->
    [none] {""}
   *[other] {" "}until { $until }
}
ask-review-since = Changed since which day? Such as 2022-01-01, -6m
ask-review-participants = Review "{ $name }", { $count } entries, next { $next }{ $elsewhere ->
    [0] {""}
   *[other] ; { $elsewhere } of them wait in { $round } too
}. Who takes part?
ask-review-flip = This one { $what }. Why?
ask-review-note = Note
ask-review-aside = Why set aside?
ask-review-aside-to = Who sees to it? (may be empty)
ask-review-aside-until = Until when? Such as +14d, 2022-06-01 (may be empty)
ask-review-aside-until-again = { $what } Until when?
ask-review-rest = { $count } not looked at. To keep them all unseen, write the number and why: { $count } same as last year
ask-review-what = What is new?
review-flip-level = has another level
review-rest-unsaved = { $serial } has a change that is not saved: save it there (Enter) or step back (F4) first.
residual-shown = [residual]
review-none-again = this one says yes; press 0 once more to make it none.
review-more = { $count } more
review-below = { $count } more below
review-above = { $count } more above
review-stale = to be looked at, something changed
