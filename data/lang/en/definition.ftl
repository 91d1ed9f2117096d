# What can be wrong in a register's file.
definition-bad-id = "{ $said }" cannot be an id; use lower-case letters, digits and -, a letter first.
definition-bad-serial = the serial pattern "{ $said }" needs one counter, such as EA-{"{"}0000{"}"}; the year is {"{"}year{"}"}.
definition-unknown-column = there is no column "{ $said }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
}
definition-title-not-text = the title must be a text field.
definition-bad-rule = the condition "{ $said }" for a method cannot hold; name a choice field and one of its codes.
definition-half-rule = a condition for a method needs both field and is, or neither.
definition-twice = "{ $said }" stands here twice; take one away.
definition-links-nowhere = the link field has no "to"; name the registers it leads to.
definition-rows-plain = rows cannot hold rows, evaluations or files.
definition-rows-empty = the rows have no columns; give them with fields.
definition-unknown-kind = there is no kind "{ $said }"{ $nearest ->
    [none] ; the kinds are text number date yes-no choice choices links evaluation rows files.
   *[other] ; did you mean "{ $nearest }"?
}
definition-bad-default = the default "{ $said }" is not among the choices.
definition-misplaced = { $key } means nothing for a { $kind } field; take it away.
definition-no-choices = the choice field has no choices; give them with choices.
definition-no-methods = the evaluation has no method; give them with methods.
definition-name-taken = the name "{ $said }" is taken by { $by }; registers and views share one space of names.
definition-unknown-reference = there is no "{ $said }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
}
