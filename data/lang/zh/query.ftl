# Mistakes in a query.
query-stray-paren = 多了一个右括号，去掉它。
query-open-paren = 这个括号没有合上，加上 )。
query-open-quote = 这个引号没有合上，加上 "。
query-too-deep = 括号套得太深了。
query-too-many = 条件太多，一次最多 { $most } 个。
find-no-standard = { $said } 不是标准；E:8.2 是环境（14001），S:8.2 是职业健康安全（45001），8.2 两个都找。
query-no-field = 这里缺列名，如 状态:正常；要找这个符号就加引号。
query-unknown-column = 没有「{ $said }」这一列{ $nearest ->
    [none] ；要找这几个字就加引号。
   *[other] ，是「{ $nearest }」吗？
}
query-no-order = 「{ $column }」不能比大小，用 : 或 =。
query-not-a-number = 「{ $said }」不是数，写成 12 或 0.5。
query-not-a-date = 「{ $said }」不是日期；写成 2022-03-18、2022-03、今天、30d、+3m。
query-yes-no = 这里填 是 或 否。
list-unknown = 没有台账或视图「{ $said }」{ $nearest ->
    [none] ；用 registers 和 views 看有哪些。
   *[other] ，是「{ $nearest }」吗？
}
