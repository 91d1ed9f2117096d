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
method-edition-zero = editions count from 1.
method-bad-factor = "{ $said }" cannot name a factor; use letters and digits, a letter first.
method-twice = "{ $said }" stands here twice; take one away.
method-negative = the value { $said } is below 0; give a positive one.
method-empty-scale = factor { $factor } has no values; give at least one.
method-bad-formula = the formula cannot be read from here; it may use + * max( , ) and parentheses.
method-unknown-factor = there is no factor "{ $said }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
}
method-unknown-band = there is no band "{ $said }"{ $nearest ->
    [none] .
   *[other] ; did you mean "{ $nearest }"?
}
method-band-without-bound = this band has no beginning; give from or over. Only the lowest band goes without.
method-band-two-bounds = this band has both from and over; keep one.
method-lowest-band = the lowest band may not have a beginning, or lower scores would have no level.
method-band-order = bands go from the worst down; each must begin below the one before.
method-rank-order = ranks go from the worst down; each must be smaller than the one before.
method-no-bands = the method has no bands; give at least one.
method-no-verdict = the lowest values give no verdict: { $why }
