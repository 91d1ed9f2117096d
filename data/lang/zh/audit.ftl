check-rows = （第 { $rows } 行）
check-late = （{ $date }，那边是 { $than }）
check-words = （{ $words }）
check-line = 第 { $line } 行 { $words }
check-missing = 缺少
check-contradiction = 矛盾
check-question = 疑问
check-share = （{ $register } { $found } / { $of }）
check-sum = 查了 { $checks } 项：缺少 { $missing }，矛盾 { $contradictions }，疑问 { $questions }{ $accepted ->
    [0] 。
   *[other] ；接受现状的 { $accepted }。
}
check-no-clause = 没有针对条款「{ $said }」的规则；有规则的条款：{ $known }。
check-mend = -> { $mend }
check-heading = 自查
check-nothing = 没有缺少，也没有矛盾。
check-on-entry = 光标移到一个条目上，e 打开表单，停在要改的字段。
check-accept = 接受 { $entry } 现状：为什么？（先写一个日期，如 2022-12-31，就到那天为止；不写到 { $until }）
check-accepted = 接受现状，到 { $until } 为止：{ $entry }。
check-not-found = 规则 { $check } 现在没有查到 { $entry }，不用接受。
check-unknown = 没有「{ $said }」这条规则{ $nearest ->
    [none] ；taizhang check --json 列出全部。
   *[other] ，是「{ $nearest }」吗？
}
check-until-past = { $until } 已经过了，写一个以后的日期。
check-unproved = （存的 { $kept }，按因子 { $follows }）
check-never = （从来没有）
evidence-show = 可出示
evidence-documents = 文件
evidence-records = 记录
evidence-questions = 以前问过
evidence-none = 没有
evidence-register = { $name }  { $count } 条{ $last ->
    [none] {""}
   *[other] ，最近修改 { $last }
}
evidence-more = 还有 { $count } 条
evidence-sum = 证据 { $pieces } 件，自查 { $holes } 条
evidence-clause = 条款
evidence-no-clause = 没有条款「{ $said }」的内容，有：{ $known }。
coverage-all = 全部
coverage-how = 证据件数，括号里是自查结果。没写部门的只算在「全部」里。
raise-nowhere = 没有记不符合的台账（带 [raise] 的）。
raise-what = 光标移到有问题的条目上（不是{ $register }本身）。
chain-heading = 链条
chain-problem = 问题
chain-hole = -- { $hole }
chain-nothing = 没有什么挂在它上面。
chain-deleted = { $id }  { $title }  （{ $date } 由{ $by }删除）
check-all-by-command = 用命令 taizhang check --json 列出全部（规则 { $check }）。
check-why-too = 只写了日期，后面再写为什么。
year-before = 上年同月 { $month }：{ $amount } { $unit }
year-before-rose = 上年同月 { $month }：{ $amount } { $unit }，{ $rose }
