# An audit from the auditor's side, and its record.
audit-notes = notes taken
audit-no-clause = about no clause
audit-counts = { $notes } notes, { $pieces } evidence, { $holes } findings
audit-clause-unknown = not in the list of clauses
audit-none-here = { $serial } is no audit; those stand in the register Audits.
audit-bad-clause = "{ $said }" is no number of a clause; write it as 8.2. This audit has { $known }.
audit-not-audited = { $department } is not audited here, but { $names }; add it to the audit first.
audit-clause-besides = clause { $clause } is not among those of this audit ({ $known }): noted besides.
audit-note-empty = a note wants words.
audit-no-kind = there are no notes of the kind "{ $said }"{ $nearest ->
    [none] {""}
   *[other] {" "}(did you mean "{ $nearest }"?)
}; there are { $known }.
record-organisation = organisation
record-as-of = as of
record-standards = Before a clause E is ISO 14001 and S is ISO 45001.
record-documents = Documents in force
record-count = { $count }
record-count-of = { $count } of the audited departments, { $all } in all
record-whole = of the whole company, { $count }
record-observed = Observations and nonconformities
record-not-filled = not filled in
record-entries = { $words } ({ $entries })
record-later = what stands in it is of { $today }; add --as-of { $last } for the last day of the audit.
audit-none-now = no audit is in progress today; add one in the register Audits, or put the cursor on one.
audit-new = No audit is in progress today: fill in a new one, save it, and press this key again.
audit-raise-kind = put the cursor on a note to make a nonconformity of it: { $kinds }.
audit-note-new = Audit note
audit-note-turn = a digit says what it is, Up and Down change the clause
audit-note-turn-both = a digit says what it is, Up and Down change the clause, Tab the department
audit-note-entries = Tab picks entries; ids in the words count too
plain-keep-as = Keep as a file (.md or .txt):
plain-kept = written to { $path }
plain-there = { $path } is there already; give another name.
plain-not-kept = { $path } cannot be written: { $why }
