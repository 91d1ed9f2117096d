# Methods, verdicts and their reasons.
reason-score = { $symbol } { $bound }
reason-veto = { $factor }={ $value } 单项判定为{ $level }
reason-direct = 判别依据 { $code }（{ $criterion }），直接判定为{ $level }
reason-kept = { $symbol } { $bound }，但只有法规或关注因子降低，保留在清单上
scoring-unknown-method = 没有评价方法「{ $said }」{ $nearest ->
    [none] 。用 methods 看有哪些。
   *[other] ，是「{ $nearest }」吗？
}
scoring-missing = 还缺因子：{ $factors }。
scoring-unknown-factor = 没有因子「{ $said }」；这个方法的因子是 { $known }。
scoring-nonsense = { $factor }={ $value } 没有意义：取值在 { $least } 到 { $most } 之间。
scoring-unknown-direct = 没有判别依据「{ $said }」；要填 I、II、III、IV 或 V。
scoring-direct-with-factors = 判别依据 { $code } 直接判定，不填因子；要按分值评价就填 V。
scoring-off-scale = { $factor }={ $value } 不在取值表上。
scoring-residual-above = 剩余分值高于固有分值，请核对。
scoring-release-without-reason = 只有法规或关注因子降低；要移出清单，请在依据里写明理由。
method-edition-zero = 版次从 1 起。
method-bad-factor = 「{ $said }」不能作因子代号；用字母开头的字母和数字。
method-twice = 「{ $said }」出现了两次，去掉一个。
method-negative = 取值 { $said } 小于 0，改为正数。
method-empty-scale = 因子 { $factor } 没有取值，至少写一个。
method-bad-formula = 公式到这里读不下去；可用 + * max( , ) 和括号。
method-unknown-factor = 没有因子「{ $said }」{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
method-unknown-band = 没有级别「{ $said }」{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
method-band-without-bound = 这一级没有起点，写 from 或 over；只有最低一级可以不写。
method-band-two-bounds = 这一级同时有 from 和 over，只留一个。
method-lowest-band = 最低一级不能有起点，否则更低的分值没有级别。
method-band-order = 级别要从高到低排，起点一级比一级低。
method-rank-order = rank 要从高到低排，一级比一级小。
method-no-bands = 方法没有级别，至少写一级。
method-no-verdict = 按最低取值评不出级别：{ $why }
