# Methods, verdicts and their reasons.
reason-score = { $symbol } { $bound }
reason-veto = { $factor }={ $value } alone makes it { $level }
reason-direct = judged directly by { $code } ({ $criterion }): { $level }
reason-kept = { $symbol } { $bound }, but only law or concern fell: it stays on the list
scoring-unknown-method = there is no method "{ $said }"{ $nearest ->
    [none] ; "methods" lists them.
   *[other] ; did you mean "{ $nearest }"?
}
scoring-missing = factors still missing: { $factors }.
scoring-unknown-factor = there is no factor "{ $said }"; this method has { $known }.
scoring-nonsense = { $factor }={ $value } means nothing: the scale goes from { $least } to { $most }.
scoring-unknown-direct = there is no direct judgement "{ $said }"; give I, II, III, IV or V.
scoring-direct-with-factors = { $code } judges directly, without factors; give V to go by the score.
scoring-off-scale = { $factor }={ $value } is not on the scale.
scoring-residual-above = the residual score is above the initial one; check it.
scoring-release-without-reason = only law or concern fell; to take it off the list, say why in the basis.
method-edition-zero = editions count from 1; write 1 or more.
method-edition-high = editions go up to { $most }; write a smaller one.
method-taken = another file gives edition { $edition } of the method "{ $said }"; change the edition or the id, or keep one file.
method-half-approval = who approved it and when go together; add "{ $key }", or take both away.
method-bad-date = "{ $said }" is not a date; write "2022-03-18".
method-no-factors = the method has no factors; give at least one with [[factors]].
method-bad-factor = "{ $said }" cannot name a factor; use ASCII letters and digits, a letter first, and not max.
method-unused-factor = the factor "{ $said }" is used neither in the formula nor in the vetoes; use it or take it away.
method-bad-value = the value { $said } does not fit; it must lie between 0 and 1000000.
method-scale-order = the value { $said } is out of order; let the values only rise or only fall.
method-empty-scale = factor { $factor } has no values; give at least one.
method-bad-formula = { $sign ->
    [none] the formula ends too early; add the rest, such as a closing parenthesis
   *[other] the formula cannot be read from "{ $sign }" on
}; it may use factors, numbers, + * max( , ) and parentheses.
method-too-large = with every factor at its highest the score is too large to be exact; make the values smaller or change the formula.
method-unknown-factor = there is no factor "{ $said }"{ $nearest ->
    [none] ; there are { $known }.
   *[other] ; did you mean "{ $nearest }"?
}
method-unknown-band = there is no band "{ $said }"{ $nearest ->
    [none] ; there are { $known }.
   *[other] ; did you mean "{ $nearest }"?
}
method-band-without-bound = this band has no beginning; give from or over. Only the lowest band goes without.
method-band-two-bounds = this band has both from and over; keep one.
method-lowest-band = the lowest band may not have a beginning, or lower scores would have no level; take it away.
method-band-order = bands go from the worst down and each begins below the one before; change the order or the beginning.
method-band-below = the beginning { $said } does not fit; it must be above 0, or no score would reach the bands below.
method-rank-order = bands go from the worst down and each rank is smaller than the one before; change this number.
method-rank-high = a rank is at most { $most }; make it smaller.
method-listed-order = this band is on the list and the worse one before it is not; give that one listed = true, or take it away here.
method-no-bands = the method has no bands; give at least one with [[bands]].
method-empty-veto = the veto names no factor; name at least one.
method-veto-off-scale = { $said } is not on the scale of factor { $factor }; give a value of the scale.
rule-other-subject = the "{ $method }" in force judges something else than this file (its subject differs); check id and subject in the file.
rule-no-file = There is no file { $path } (looked for here and in the book's folder).
rule-folder = { $path } is a folder, not a file; name the file in it, such as { $path }/new.toml.
rule-stream = { $path } is no ordinary file; save the text as a file and name that.
rule-not-higher = { $method } is in force in edition { $now } and the file says { $said }: make its edition { $next } or more.
rule-nothing-to-carry = { $count ->
    [0] No entry rests on an older edition of { $method }.
   *[other] { $count } entries rest on an older edition of { $method }, and each has to be evaluated by hand, since factors or values changed; outdated:yes lists them.
}
rule-carry-why = { $count } entries would change their level: { $serials }. Say why.
rule-was-kept = It is kept on the list because only law or concern fell; no edition takes it off. To take it off, evaluate it by hand and say why.
rule-reason = { $why } ({ $method }, edition { $from } to { $to }, approved by { $by } on { $on })
rule-head = Trial  { $method }  edition { $from } -> { $to }  { $path }
rule-counts = { $total } entries were judged by it: { $listed } become listed, { $dropped } drop out, { $level } change level, { $undecided } give no result, { $score } change score or reason only, { $same } stay the same, { $direct } judged directly stay untouched.
rule-kept = { " " }{ $count } of them stay listed because only law or concern fell; they stay so under this edition.
rule-listed = { $count } become listed
rule-dropped = { $count } drop out of the list
rule-level = { $count } change level
rule-undecided = { $count } give no result and need a person
rule-score = { $count } change score or reason only
rule-same = { $count } stay the same
rule-direct = { $count } judged directly, untouched
rule-by-hand = { $count } need a person, since factors or values do not fit
rule-tried = This was a trial; nothing was written. To put it in force: taizhang methods apply { $path } --why REASON --approved-by NAME
rule-wants-words = Reason and approver must both be given.
rule-applied = { $method } edition { $edition } is in force ({ $place }), commit { $seq }. { $count ->
    [0] No entry rests on an older edition.
    [one] One entry rests on an older edition.
   *[other] { $count } entries rest on an older edition.
}
rule-carry-how = Evaluate again what carries over: taizhang methods carry { $id }; list them: taizhang list REGISTER outdated:yes
rule-carried = { $count } evaluated again by edition { $edition }, { $flips } with another level, commit { $seq }.
rule-approved = approved  { $by }, { $on }
rule-why = why changed
rule-outdated = judged by edition { $edition }; edition { $now } is in force: evaluate again
rule-other = { $method } judges it now: evaluate again
reason-stated = as the list stated it{ $follows ->
    [none] {""}; no factors to work it out from
   *[other] ; its factors give { $symbol } { $score }, { $follows }
}
