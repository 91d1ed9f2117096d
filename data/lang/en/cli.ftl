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
command-add = add (--stdin: a JSON object a line, one commit)
command-set = change (FIELD= clears)
command-evaluate = evaluate (--residual: with the controls in place)
command-delete = delete (--why)
command-undo = take back one's own last change
command-redo = do it again
command-score = score without keeping it
command-verify = prove the journal and every evaluation
command-completions = completions for a shell
command-man = the manual page
cli-plain = { $said }
cli-no-entry = there is no entry "{ $said }"{ $nearest ->
    [none] ; look for it with find.
   *[other] ; did you mean "{ $nearest }"?
}
cli-not-a-pair = "{ $said }" must be NAME=VALUE.
cli-not-an-object = line { $line } is not a JSON object; give one a line, such as {"{"}"aspect":"..."{"}"}. Nothing was changed.
cli-computed = "{ $field }" is worked out and cannot be set; use evaluate.
cli-bad-field = { $field }: { $what }
cli-sample-or-empty = --sample and --empty exclude each other.
cli-unknown-command = there is no command "{ $said }"{ $nearest ->
    [none] ; see taizhang --help.
   *[other] ; did you mean "{ $nearest }"?
}
cli-unknown-argument = there is no option "{ $said }"{ $nearest ->
    [none] ; see --help.
   *[other] ; did you mean "{ $nearest }"?
}
cli-missing = { $what } is missing; see --help.
cli-bad-value = { $argument } cannot be "{ $said }"{ $known ->
    [none] .
   *[other] ; it can be { $known }.
}
cli-unknown-theme = there is no theme "{ $said }"; there are { $known }.
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
verified = proved: { $commits } commits, { $entries } entries, { $evaluations } evaluations worked out again. Head { $head }
finding-evaluation = { $serial }: kept is { $kept }, from the factors follows { $follows }. Evaluate it again.
finding-no-method = { $serial }: the method { $method } is not defined any longer, so it cannot be proved; put it back.
