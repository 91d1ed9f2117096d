check-rows = (row { $rows })
check-late = ({ $date }, there { $than })
check-words = ({ $words })
check-line = line { $line } { $words }
check-missing = missing
check-contradiction = contradiction
check-question = question
check-share = ({ $found } of { $of } in { $register })
check-sum = { $checks } checks: { $missing } missing, { $contradictions } contradictions, { $questions } questions{ $accepted ->
    [0] .
   *[other] ; { $accepted } accepted as they are.
}
check-no-clause = no rule looks at the clause "{ $said }"; there are rules for { $known }.
check-mend = -> { $mend }
check-heading = Check
check-nothing-asked = nothing was looked at: there are no entries here that a rule is about.
check-nothing = Nothing is missing and nothing contradicts.
check-on-entry = put the cursor on an entry: e mends it, N makes a nonconformity of it, x accepts it.
check-accept = Accept { $entry } as it is: why? (a day first, such as 2022-12-31, ends it; else { $until })
check-accepted = Accepted as it is until { $until }: { $entry }.
check-not-found = the check { $check } does not find { $entry } now, so there is nothing to accept.
check-unknown = there is no check "{ $said }"{ $nearest ->
    [none] ; taizhang check --json names them.
   *[other] ; did you mean "{ $nearest }"?
}
check-until-past = { $until } is past; give a day still to come.
check-unproved = (kept { $kept }, from the factors { $follows })
check-never = (never)
check-narrow = narrow by number, title, department, clause, weight; nothing shows all
check-narrowed = "{ $words }" { $shown } / { $all }
check-narrowed-none = nothing here is of "{ $words }".
check-last = (last on { $on })
evidence-show = to show
evidence-documents = documents
evidence-records = records
evidence-questions = asked
evidence-none = none
evidence-register = { $name }  { $count }{ $last ->
    [none] {""}
   *[other] , last changed { $last }
}
evidence-more = { $count } more
evidence-sum = { $pieces } pieces of evidence, { $holes } findings
evidence-clause = clause
evidence-no-clause = there is nothing about a clause "{ $said }"; there are { $known }.
coverage-all = all
coverage-how = Pieces of evidence, findings in brackets; * the department answers for it, !* and has nothing to show. What names no department counts under all only.
raise-nowhere = there is no register for nonconformities (a register with [raise]).
raise-what = put the cursor on what is wrong: an entry of a register other than { $register }.
chain-heading = chain
chain-problem = problem
chain-hole = -- { $hole }
chain-nothing = Nothing hangs on it.
chain-deleted = { $id }  { $title }  (deleted { $date } by { $by })
check-all-by-command = taizhang check --json lists all of them (check { $check }).
check-why-too = A day alone says nothing of the reason: write why behind it.
year-before = { $month }: { $amount } { $unit }
year-before-rose = { $month }: { $amount } { $unit }, { $rose } since
evidence-answering = who answers
evidence-answers = { $name }  { $pieces ->
    [0] ! nothing to show
   *[other] { $pieces } pieces of evidence
}
coverage-heading = Clauses by department
coverage-count = { $clauses } clauses, { $departments } departments, { $holes ->
    [one] { $holes } hole
   *[other] { $holes } holes
}
coverage-hole = answers for it and has nothing to show
coverage-nobody = no department says that it answers for this clause (its field "answers for")
coverage-answers = Answering: { $names }
terms-heading = environment and safety in its terms
terms-count = { $count } found, { $open } to confirm
terms-line = line { $line }
terms-word = { $at }: "{ $word }"
terms-subject = { $subject }  (words of { $rule }, { $file })
terms-apart = { $subject }  apart, neither environment nor safety (words of { $rule }, { $file })
terms-open-line = -- to confirm
terms-open = -- to confirm: Enter says whether it applies or has no effect
terms-said-applies = applies: { $says }, owner { $owner }, control { $control } ({ $review } row { $row })
terms-said-without = no effect: { $reason } ({ $by }, { $on }, { $review })
terms-only-shown = apart
terms-none-kept = -- no terms are kept to look through: paste them first, or say who looked at the original
terms-none = -- nothing found in the terms: Enter says who looked
terms-none-said = { $words } ({ $review })
terms-none-words = { $by } { $on } looked: nothing in the terms
terms-none-open = there is nothing of which to say that it was not found: the terms have it, or it is said already.
terms-where = Put the cursor on a line of the terms (Tab); Enter confirms it.
terms-gone = That line was changed; look again.
terms-review-first = This contract has no review; make one first.
terms-no-review = { $entry } has no entry in { $register }; make one, then confirm.
terms-not-confirmable = this rule does not say how each line is confirmed (confirmed).
terms-not-here = no rule looks for words in this register; contracts have one.
terms-owner-lacks = what applies needs an owner.
terms-control-lacks = what applies needs a control: give ids of documents, aspects, hazards or plans.
terms-reason-lacks = say why it has no effect.
terms-applies = it applies: a requirement
terms-no-effect = it has no effect
terms-ask-requirement = What is required?
terms-ask-owner = Who sees to it?
terms-ask-reason = Why has it no effect?
terms-ask-looker = Nothing was found in the terms. Who looked?
terms-which = line { $line } has several kinds; say which with --kind.
terms-no-line = line { $line } has nothing to confirm; there are { $known }.
terms-confirmed = Written into { $review }.
terms-head-line = line
terms-head-kind = kind
terms-head-words = words
terms-head-rule = rule
terms-head-said = said
terms-head-text = text
stale-comma = ,{" "}
stale-changed = { $fields }{ $more ->
    [0] {""}
   *[other] {" "}and others, { $count } in all,
} changed
stale-added = is new
stale-added-changed = is new and was changed since
stale-deleted = was deleted
stale-cause = { $id } { $title } { $how }, { $on } { $by }
stale-short = { $first }{ $more ->
    [0] {""}
    [one] ; { $more } more change
   *[other] ; { $more } more changes
}
stale-day-to-come = { $on } is still to come.
stale-day-before = something changed after { $on } (on { $changed }): give the day of the look, not before that one.
stale-not = nothing has changed that { $entry } rests on.
stale-unchanged = Looked at, unchanged: { $entries }.
