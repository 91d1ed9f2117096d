# Mistakes in a query.
query-stray-paren = there is a closing parenthesis too many; take it away.
query-open-paren = this parenthesis is not closed; add ).
query-open-quote = this quote is not closed; add ".
query-too-deep = the parentheses are nested too deep.
query-too-many = there are too many conditions; { $most } at most.
find-no-standard = { $said } is no standard; E:8.2 is the environment (14001), S:8.2 is health and safety (45001), 8.2 is both.
query-no-field = a column is missing here, as in state:normal; to look for this sign put it in quotes.
query-unknown-column = there is no column "{ $said }"{ $nearest ->
    [none] ; to look for these words put them in quotes.
   *[other] ; did you mean "{ $nearest }"?
}
query-no-order = "{ $column }" has no order; use : or =.
query-not-a-number = "{ $said }" is not a number; write 12 or 0.5.
query-not-a-date = "{ $said }" is not a date; write 2022-03-18, 2022-03, today, 30d or +3m.
query-yes-no = yes or no is asked here.
list-unknown = there is no register or view "{ $said }"{ $nearest ->
    [none] ; "registers" and "views" list them.
   *[other] ; did you mean "{ $nearest }"?
}
