# What can be wrong in a register's file.
definition-bad-serial = 编号样式「{ $said }」不行；要有一个计数，如 EA-{"{"}0000{"}"}，年份写在前面 {"{"}year{"}"}，其余只用文字、数字和 - _ . /。
definition-serial-taken = 编号样式「{ $said }」已在 { $by } 里用了；换一个开头。
definition-bad-clause = 条款「{ $said }」要写成 E:6.1.2（ISO 14001）或 S:8.2（ISO 45001）。
definition-unknown-column = 没有「{ $said }」这一列{ $nearest ->
    [none] ；先用 [[fields]] 写上，或改成已有的。
   *[other] ，是「{ $nearest }」吗？
}
definition-no-columns = 一列也没有，至少写一列。
definition-title-not-text = 标题列要是文字列，换一列。
definition-reserved = 「{ $said }」是程序自己的列，换一个代号。
definition-word-taken = 「{ $said }」已经指「{ $by }」这一列，换一个叫法。
definition-width = 列宽 { $said } 不行，要从 1 到 200。
definition-min-max = max 比 min 小，改一个。
definition-unknown-choice = 选项里没有代码「{ $said }」{ $nearest ->
    [none] ，有 { $known }。
   *[other] ，是「{ $nearest }」吗？
}
definition-rule-not-choice = 「{ $said }」不是 choice 列，不能用来选方法；换一列。
definition-rule-unreached = 前一个方法没有条件，轮不到这一个；把有条件的写在前面。
definition-half-rule = 选择方法的条件要 field 和 is 都写，或都不写。
definition-one-evaluation = 一个台账只能有一个评价列，去掉一个。
definition-links-nowhere = 关联列没有写 to，写上关联的台账。
definition-rows-plain = 小表里不能再有小表、评价或文件；换一种列。
definition-rows-empty = 小表没有列，用 fields 写上。
definition-unknown-kind = 没有「{ $said }」这种列{ $nearest ->
    [none] ；可用 text number date yes-no choice choices links evaluation rows files。
   *[other] ，是「{ $nearest }」吗？
}
definition-bad-default = 默认值填不进去：{ $what }
definition-bad-query = 条件写错：{ $what }
definition-misplaced = { $key } 对这个 { $kind } 列没有意义，去掉它。
definition-no-choices = 选项列没有选项，用 choices 写上。
definition-no-methods = 评价列没有方法，用 methods 写上。
definition-id-taken = 代号「{ $said }」已在 { $by } 里用了；要替换它，文件名也要一样，否则换一个代号。
definition-name-taken = 「{ $said }」已在 { $by } 里用了；台账和视图的代号和名称都不能重复，换一个。
definition-unknown-register = 没有台账「{ $said }」{ $nearest ->
    [none] ，有 { $known }。
   *[other] ，是「{ $nearest }」吗？
}
definition-unknown-method = 没有评价方法「{ $said }」{ $nearest ->
    [none] ，有 { $known }。
   *[other] ，是「{ $nearest }」吗？
}
definition-unknown-severity = 没有「{ $said }」这种分量，有：{ $known }。
definition-leads-elsewhere = 字段「{ $said }」不通向台账 { $to }。
definition-check-taken = 自查规则「{ $said }」在 { $by } 里已有，换一个编号。
definition-one-find = finds 里要写且只写一种要找的：query vague late row bare twice copied same unproved judges window overdue months terms presupposed uncovered unnamed near rose lapsed repeated balance。
definition-lacks-feature = 这一项只用于有 { $what } 的台账。
definition-no-template = sheet 的 template 要指向另一张台账的条目。
definition-end = 这里要写一个字段和它的一个选项代码。
definition-pair = 这里要写两个字段。
definition-link-way = 一步要写 to = 自己的关联字段，或者 from = 台账、by = 那里的关联字段。
definition-due-when = 期限写一个 date，或写 since 加 every（几个月）或 months（写着几个月的字段）；first 只和 since 一起用。
definition-due-months = every 是月数，1 到 { $most }；「{ $said }」不行。
definition-standards = 标准「{ $said }」的选项要正好是 E（ISO 14001）和 S（ISO 45001）。
definition-bad-number = 条款「{ $said }」这里只写号，如 8.2。
definition-row-of-rows = row 只用在 by 写成 字段.列 的时候：按那些行里的一个选项列挑行。
definition-asks-stale = 哪些待复核由这里决定，这里的条件不能再问 stale。
