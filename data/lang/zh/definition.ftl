# What can be wrong in a register's file.
definition-bad-id = 「{ $said }」不能作代号；用小写字母开头的小写字母、数字和 -。
definition-bad-serial = 编号样式「{ $said }」要有一个计数，如 EA-{"{"}0000{"}"}，年份写 {"{"}year{"}"}。
definition-unknown-column = 没有「{ $said }」这一列{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
definition-title-not-text = 标题列要是文字列。
definition-bad-rule = 选择方法的条件「{ $said }」不成立：要写一个选项列和它的一个代号。
definition-half-rule = 选择方法的条件要 field 和 is 都写，或都不写。
definition-twice = 「{ $said }」出现了两次，去掉一个。
definition-links-nowhere = 关联列没有写 to，写上关联的台账。
definition-rows-plain = 小表里不能再有小表、评价或文件。
definition-rows-empty = 小表没有列，用 fields 写上。
definition-unknown-kind = 没有「{ $said }」这种列{ $nearest ->
    [none] ；可用 text number date yes-no choice choices links evaluation rows files。
   *[other] ，是「{ $nearest }」吗？
}
definition-bad-default = 默认值「{ $said }」不在选项里。
definition-misplaced = { $key } 对 { $kind } 列没有意义，去掉它。
definition-no-choices = 选项列没有选项，用 choices 写上。
definition-no-methods = 评价列没有方法，用 methods 写上。
definition-name-taken = 名称「{ $said }」已被 { $by } 用了；台账和视图的代号不能重复。
definition-unknown-reference = 没有「{ $said }」{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
