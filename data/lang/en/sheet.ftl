# A sheet made of a checklist
sheet = Check
sheet-item = Item
sheet-before = last time
sheet-now = now
sheet-empty = this checklist has no items, and nothing significant lies in its department.
sheet-this-month = the month has one already: { $serial } of { $on }.
sheet-open = { $count ->
    [one] one item has no result yet; A passes the rest.
   *[other] { $count } items have no result yet; A passes the rest.
}
sheet-passed-rest = { $count ->
    [one] one item passed, F2 saves.
   *[other] { $count } items passed, F2 saves.
}
sheet-no-problem = say what is wrong where an item fails.
sheet-ask-problem = What is wrong: { $item }
sheet-ask-assessment = Assessment
sheet-assessed = { $count ->
    [0] passed
    [one] one item to be corrected
   *[other] { $count } items to be corrected
}
sheet-last-problem = last time, { $sheet }: { $problem }
scope-what-sheet = A check by its checklist: a digit says how an item went, one that fails asks what is wrong, A passes the rest, F2 saves.
action-pass-rest = everything left passes
hint-pass-rest = rest passes
sheet-number-head = no.
sheet-of = of
sheet-none = nothing is checked by { $serial }: it is no checklist.
sheet-day = "{ $said }" is no day up to today.
sheet-number = "{ $said }": give a number from 1 to { $count }; of an item that fails, 3=what is wrong.
sheet-open-cli = { $count ->
    [one] one item has no result; --pass-rest passes it.
   *[other] { $count } items have no result; --pass-rest passes them.
}
command-sheet = the items of a checklist and how they went the last time; with results, the check that is made of it
option-fail = this item fails, and why
option-none = this item does not apply
option-pass-rest = everything left passes
option-assessment = what is said of the whole
option-sheet-on = the day of the check; today where it is left out
