# Why a change is refused, and what typed values can get wrong.
book-unknown-register = 没有台账「{ $said }」。
book-unknown-entry = 没有条目 { $entry }，或已删除。
book-unknown-field = { $register } 没有「{ $field }」这一列{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
book-wrong-kind = 「{ $field }」这一列要的是 { $kind }。
book-unknown-choice = 「{ $field }」没有选项「{ $code }」。
book-bad-link = 「{ $field }」不能关联到条目 { $entry }：它不在可关联的台账里，或已删除。
book-one-link = 「{ $field }」只能关联一条。
book-no-title = 名称「{ $field }」不能空着，其他都可以以后再填。
book-serial-taken = 编号「{ $serial }」已用过，换一个。
book-bad-serial = 「{ $said }」不能作编号：编号不能空着，最多 60 个字符，每个都要看得见。
book-too-large = 这一条有 { $kilobytes } kB，最多 60 kB；请缩短文字，或把内容放进文件。
book-unproved = 「{ $field }」里的结果与因子对不上，请重新评价。
book-nothing-changed = 没有改动。
book-not-deleted = 条目 { $entry } 没有被删除，不用恢复。
enter-not-a-number = 「{ $said }」不是数，写成 12 或 0.5。
enter-out-of-range = { $max ->
    [none] 要在 { $min } 以上，{ $min } 也可以。
   *[other] { $min ->
        [none] 要在 { $max } 以下，{ $max } 也可以。
       *[other] 要在 { $min } 和 { $max } 之间。
    }
}
enter-not-a-date = 「{ $said }」不是日期；写成 2022-03-18、2022-03、今天、30d、+3m。
enter-date-far = 「{ $said }」太远了，年份只能从 1900 到 9999。
enter-no-such-month = 「{ $said }」没有这个月，月份是 1 到 12。
enter-no-such-day = 「{ $said }」没有这一天：{ $month } 月到 { $last } 日。
enter-not-yes-no = 「{ $said }」不是是或否。
enter-not-a-choice = 没有选项「{ $said }」{ $nearest ->
    [none] ，可选：{ $all }。
   *[other] ，是「{ $nearest }」吗？可选：{ $all }。
}
unfilled-none = 无
anywhere = 各台账
enter-no-such-entry = 在{ $registers }里没有「{ $said }」；写编号或完整名称。
enter-ambiguous = 有几条都叫「{ $said }」：{ $serials }；请写编号。
enter-no-such-column = 小表没有「{ $said }」这一列{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
enter-shape = 值的形式不对，这里要 { $kind }。
enter-not-rows = 值的形式不对，这里要一个 JSON 列表，一行一个对象，不写的格子就空着，如 { $example }；原有的行也要写在里面。
enter-computed = 评价由因子算出，用 evaluate，不能直接填。
undo-rule = 上一次修改（#{ $seq }）是启用新规则，不能撤销；再启用一版就改回来了。
undo-nothing = 没有您自己的修改可以撤销了。
redo-nothing = 没有可以重做的。
undo-in-the-way = { $serial } 的{ $field ->
    [none] 内容
   *[other] 「{ $field }」
}后来又改过{ $later ->
    [none] {""}
   *[other] （{ $later }）
}，所以不能撤销第 { $seq } 次修改。要改回去，在历史（H）里按 B 放回。
book-twice = 同一次修改里 { $serial } 出现了两次；合成一处。
enter-not-a-time = 「{ $said }」不是时刻；写成 09:30、0930 或 09:30:15。
point-form = 「{ $said }」不是日期、时间或第几次修改；写 2021-05-31、2021-05-31 14:00、2021-05、-10d 或 #12。
point-commit = 没有第 { $seq } 次修改，最后一次是 #{ $last }。日期写全：2021-05-31。
point-future = { $said } 还没有到。
point-no-audit = 还没有记过内审（台账 audits 里没有今天之前的日期）。改写日期，如 2021-05-31。
point-no-review = 还没有结束过的复评（台账 reviews 里没有）。改写日期，如 2021-05-31。
book-nothing-there = { $serial }：那时还没有这一条，什么都没有放回。它的经过：taizhang show { $serial } --history。
book-never-other = { $serial } 的「{ $field }」从来没有改过，没有可放回的旧值。
net-new = 新增
net-changed = 改
net-reevaluated = 重评未变
net-same = 改回原样
net-removed = 删除
net-passing = 来了又走
net-flipped = 级别翻转 { $count }
net-flipped-mark = 级别翻转
net-serial = 编号
past-read-only = 现在看的是 { $day } 的账簿，不能改。Esc 回到今天再改。
past-nothing = { $day } 时账簿里还什么都没有{ $first ->
    [none] 。
   *[other] ；第一次修改是 { $first }。
}
past-other-definitions = 当时的表格定义这个版本读不了，按现在的定义显示。
book-gate = 还不能选「{ $choice }」：{ $lack }
gate-empty = 先填 { $fields }。
gate-alone = { $one }和{ $other }要是两个人。
gate-early = { $then }早于{ $first }。
book-kept-field = { $field } 由程序记录，不能手改。{ $instead }
book-frozen = { $field } 已经定下，不能手改。{ $instead }
book-kept-register = 这里的条目由程序记录，不能手加。{ $instead }
book-kept-entry = { $serial } 由程序记录，不能手删。{ $instead }
enter-formula = 这一格的公式算不出来（{ $said }）。
