# What can be wrong in a register's file.
definition-bad-serial = the serial pattern "{ $said }" does not do; it needs one counter, such as EA-{"{"}0000{"}"}, the year before it as {"{"}year{"}"}, and else only letters, digits and - _ . /.
definition-serial-taken = the serial pattern "{ $said }" is taken in { $by }; begin it otherwise.
definition-bad-clause = write the clause "{ $said }" as E:6.1.2 (ISO 14001) or S:8.2 (ISO 45001).
definition-unknown-column = there is no column "{ $said }"{ $nearest ->
    [none] ; add it with [[fields]], or name one that is there.
   *[other] ; did you mean "{ $nearest }"?
}
definition-no-columns = there is no column; give at least one.
definition-title-not-text = the title must be a text field; name another.
definition-reserved = "{ $said }" is a column of the program's own; take another id.
definition-word-taken = "{ $said }" already means the column "{ $by }"; take another word.
definition-width = the width { $said } does not fit; it must lie between 1 and 200.
definition-min-max = max is below min; change one of them.
definition-unknown-choice = there is no choice with the code "{ $said }"{ $nearest ->
    [none] ; there are { $known }.
   *[other] ; did you mean "{ $nearest }"?
}
definition-rule-not-choice = "{ $said }" is not a choice field and cannot pick a method; name another.
definition-rule-unreached = the method before has no condition, so this one is never reached; put those with a condition first.
definition-half-rule = a condition for a method needs both field and is, or neither.
definition-one-evaluation = a register has one evaluation; take one away.
definition-links-nowhere = the link field has no "to"; name the registers it leads to.
definition-rows-plain = rows cannot hold rows, evaluations or files; take another kind.
definition-rows-empty = the rows have no columns; give them with fields.
definition-unknown-kind = there is no kind "{ $said }"{ $nearest ->
    [none] ; the kinds are text number date yes-no choice choices links evaluation rows files.
   *[other] ; did you mean "{ $nearest }"?
}
definition-bad-default = the default cannot be entered: { $what }
definition-bad-query = the query is wrong: { $what }
definition-misplaced = { $key } means nothing for this { $kind } field; take it away.
definition-no-choices = the choice field has no choices; give them with choices.
definition-no-methods = the evaluation has no method; give them with methods.
definition-id-taken = the id "{ $said }" is taken in { $by }; to replace that register name the file the same, else take another id.
definition-name-taken = "{ $said }" is taken in { $by }; ids and names of registers and views are all different, take another.
definition-unknown-register = there is no register "{ $said }"{ $nearest ->
    [none] ; there are { $known }.
   *[other] ; did you mean "{ $nearest }"?
}
definition-unknown-method = there is no method "{ $said }"{ $nearest ->
    [none] ; there are { $known }.
   *[other] ; did you mean "{ $nearest }"?
}
definition-unknown-severity = there is no weight "{ $said }"; there are { $known }.
definition-leads-elsewhere = the field "{ $said }" does not lead to the register { $to }.
definition-check-taken = the check "{ $said }" is defined in { $by } already; take another id.
definition-one-find = say in finds what is looked for, by exactly one of query vague late row bare twice copied same unproved judges window overdue months terms presupposed uncovered unnamed near rose lapsed repeated balance.
definition-lacks-feature = this needs a register with { $what }.
definition-no-template = template has to link to entries of a register.
definition-end = name a field and the code of one of its choices.
definition-pair = name two fields.
definition-link-way = a step leads to = a link field of its own, or from = a register, by = a link field there.
definition-due-when = a deadline is a date, or since with every (a number of months) or months (a field that says it); first goes with since only.
definition-due-months = every is a number of months, 1 to { $most }; "{ $said }" does not do.
definition-standards = the choices of "{ $said }" must be just E (ISO 14001) and S (ISO 45001).
definition-bad-number = write the clause "{ $said }" as its number alone, such as 8.2.
definition-row-of-rows = row belongs to a by of the form field.column: it picks among those rows by one of their choice columns.
definition-asks-stale = this decides what is to be looked at, so it cannot ask for stale.
