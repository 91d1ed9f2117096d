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
method-edition-zero = 版次从 1 起，改成 1 或更大的数。
method-edition-high = 版次最大到 { $most }；改小一些。
method-taken = 方法「{ $said }」第 { $edition } 版已有别的文件写了；改版次或代号，或只留一个文件。
method-half-approval = 批准人和批准日期要一起写，补上「{ $key }」，或都去掉。
method-bad-date = 「{ $said }」不是日期；写成 "2022-03-18"。
method-no-factors = 方法没有因子，用 [[factors]] 至少写一个。
method-bad-factor = 「{ $said }」不能作因子代号；用字母开头的英文字母和数字，不能是 max。
method-unused-factor = 因子「{ $said }」在公式和 vetoes 里都没有用到；写进公式，或去掉它。
method-bad-value = 取值 { $said } 不行，要从 0 到 1000000。
method-scale-order = 取值 { $said } 不在顺序里；从大到小或从小到大排。
method-empty-scale = 因子 { $factor } 没有取值，至少写一个。
method-bad-formula = { $sign ->
    [none] 公式没有写完，补上后面的部分，如右括号
   *[other] 公式到「{ $sign }」读不下去
}；可用因子、数、+ * max( , ) 和括号。
method-too-large = 因子都取最大值时分值大得算不准；把取值改小，或改公式。
method-unknown-factor = 没有因子「{ $said }」{ $nearest ->
    [none] ，有 { $known }。
   *[other] ，是「{ $nearest }」吗？
}
method-unknown-band = 没有级别「{ $said }」{ $nearest ->
    [none] ，有 { $known }。
   *[other] ，是「{ $nearest }」吗？
}
method-band-without-bound = 这一级没有起点，写 from 或 over；只有最低一级可以不写。
method-band-two-bounds = 这一级同时有 from 和 over，只留一个。
method-lowest-band = 最低一级不能有起点，否则更低的分值没有级别；去掉它。
method-band-order = 级别要从高到低排，起点一级比一级低；调换顺序，或改起点。
method-band-below = 起点 { $said } 不行，要大于 0，否则更低的级别永远轮不到。
method-rank-order = 级别要从高到低排，rank 一级比一级小；改这个数。
method-rank-high = rank 最大 { $most }；改小。
method-listed-order = 这一级列入清单，比它高的一级却没有列入；高的也写 listed = true，或去掉这里的。
method-no-bands = 方法没有级别，用 [[bands]] 至少写一级。
method-empty-veto = 单项判定没有写因子，写上至少一个。
method-veto-off-scale = { $said } 不在因子 { $factor } 的取值表上；改成表上的值。
rule-other-subject = 在用的「{ $method }」评价的对象和这个文件不同（subject 不一样）；检查文件里的 id 和 subject。
rule-no-file = 没有文件 { $path }（在当前目录和账簿目录里都找过）。
rule-folder = { $path } 是文件夹，不是文件；写出其中文件的名称，例如 { $path }/new.toml。
rule-stream = { $path } 不是普通文件；先把内容存成文件，再写出它的名称。
rule-not-higher = 「{ $method }」现在是第 { $now } 版，文件里写的是第 { $said } 版；把 edition 改成 { $next } 或更大的数。
rule-nothing-to-carry = 「{ $method }」{ $count ->
    [0] 没有按旧版评价的条目，不用重评。
   *[other] 按旧版评价的 { $count } 条都要人工重评（因子或取值变了）；按 旧版:是 可以列出来。
}
rule-carry-why = 有 { $count } 条的级别会变：{ $serials }。请写明原因。
rule-was-kept = 它因法规或关注因子降低而保留在清单上，换版不能把它移出；要移出请人工评价并写明理由。
rule-reason = { $why }（{ $method } 第 { $from } 版改为第 { $to } 版，{ $by } { $on } 批准）
rule-head = 试算  { $method }  第 { $from } 版 -> 第 { $to } 版  { $path }
rule-counts = 评价过的 { $total } 条：{ $listed } 条新列入，{ $dropped } 条移出，{ $level } 条换级别，{ $undecided } 条算不出，{ $score } 条只变分值或理由，{ $same } 条不变，{ $direct } 条直接判定不受影响。
rule-kept = 另有说明：{ $count } 条因法规或关注因子降低而保留在清单上，换版后仍保留。
rule-listed = 新列入清单 { $count } 条
rule-dropped = 移出清单 { $count } 条
rule-level = 换级别 { $count } 条
rule-undecided = 算不出，要人工评价 { $count } 条
rule-score = 只变分值或理由 { $count } 条
rule-same = 不变 { $count } 条
rule-direct = 直接判定，不受影响 { $count } 条
rule-by-hand = 因子或取值对不上，要人工重评 { $count } 条
rule-tried = 只是试算，什么也没有写。启用：taizhang methods apply { $path } --why 原因 --approved-by 批准人
rule-wants-words = 原因和批准人都要写，不能是空的。
rule-applied = 已启用 { $method } 第 { $edition } 版（{ $place }），第 { $seq } 次修改。{ $count ->
    [0] 没有按旧版评价的条目。
   *[other] 还有 { $count } 条是按旧版评价的。
}
rule-carry-how = 因子对得上的一起重评：taizhang methods carry { $id }；列出来：taizhang list 台账 旧版:是
rule-carried = 已按第 { $edition } 版重评 { $count } 条，其中 { $flips } 条级别变了，第 { $seq } 次修改。
rule-approved = 批准  { $by }，{ $on }
rule-why = 为什么改
rule-outdated = 按第 { $edition } 版评价，现在是第 { $now } 版，要重评
rule-other = 现在归「{ $method }」评价，要重评
reason-stated = 照原表{ $follows ->
    [none] ，没有因子可算
   *[other] ；按因子是 { $symbol } { $score } { $follows }
}
