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
check-nothing = Nothing is missing and nothing contradicts.
check-on-entry = Put the cursor on an entry; e opens its form on the field to mend.
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
coverage-how = Pieces of evidence, findings in brackets. What names no department counts under all only.
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
