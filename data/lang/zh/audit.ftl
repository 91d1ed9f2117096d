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
check-nothing-asked = 没有可查的：这里没有规则要看的条目。
check-nothing = 没有缺少，也没有矛盾。
check-on-entry = 光标移到一个条目上：e 去改，N 建不符合，x 接受。
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
check-narrow = 筛选：编号、名称、部门、条款、缺少/矛盾/疑问，空着就是全部
check-narrowed = 「{ $words }」{ $shown } / { $all }
check-narrowed-none = 没有哪一条是「{ $words }」的。
check-last = （上次 { $on }）
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
coverage-how = 证据件数，括号里是自查结果；* 是部门写明负责的，!* 是负责却没有证据的。没写部门的只算在「全部」里。
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
evidence-answering = 负责部门
evidence-answers = { $name }  { $pieces ->
    [0] ! 没有证据
   *[other] 证据 { $pieces } 件
}
coverage-heading = 条款和部门
coverage-count = 条款 { $clauses } 个，部门 { $departments } 个，缺口 { $holes } 个
coverage-hole = 负责，却没有证据
coverage-nobody = 没有部门写明负责这一条（在部门的「负责条款」里写）
coverage-answers = 负责：{ $names }
terms-heading = 条款里的环境、安全要求
terms-count = { $count } 处，未确认 { $open }
terms-line = 第 { $line } 行
terms-word = 第 { $at } 字「{ $word }」
terms-subject = { $subject }  （{ $rule } 的词表，{ $file }）
terms-apart = { $subject }  另计，不算环境、安全要求（{ $rule } 的词表，{ $file }）
terms-open-line = -- 未确认
terms-open = -- 未确认：Enter 确认适用还是没有影响
terms-said-applies = 适用：{ $says }，责任人 { $owner }，控制 { $control }（{ $review } 第 { $row } 行）
terms-said-without = 没有影响：{ $reason }（{ $by }，{ $on }，{ $review }）
terms-only-shown = 另计
terms-none-kept = -- 没有贴条款原文，无从查找：先贴；看过原件的，写明谁看过
terms-none = -- 条款里没有找到：Enter 写明谁看过
terms-none-said = { $words }（{ $review }）
terms-none-words = { $by } { $on } 看过：条款里没有
terms-none-open = 没有要写明「没有找到」的：条款里都有，或者已经写了。
terms-where = 光标移到一处条款上（Tab），Enter 确认。
terms-gone = 这一句已经改了，再看一看。
terms-review-first = 这份合同还没有评审，先建一份。
terms-no-review = { $entry } 没有{ $register }，先建一份再确认。
terms-not-confirmable = 这条规则没有写明怎样逐句确认（confirmed）。
terms-not-here = 没有规则在这个台账里找条款字句；合同有。
terms-owner-lacks = 适用就要有责任人。
terms-control-lacks = 适用就要有控制：写文件、环境因素、危险源或预案的编号。
terms-reason-lacks = 没有影响，要写为什么。
terms-applies = 适用，列为要求
terms-no-effect = 没有影响
terms-ask-requirement = 要求是什么？
terms-ask-owner = 责任人？
terms-ask-reason = 为什么没有影响？
terms-ask-looker = 条款里没有找到。谁看过？
terms-which = 第 { $line } 行有几类，用 --kind 写明哪一类。
terms-no-line = 第 { $line } 行没有要确认的；有：{ $known }。
terms-confirmed = 已写入 { $review }。
terms-head-line = 行
terms-head-kind = 类别
terms-head-words = 字句
terms-head-rule = 规则
terms-head-said = 确认
terms-head-text = 原句
stale-comma = 、
stale-changed = { $fields }{ $more ->
    [0] {""}
   *[other] 等 { $count } 项
}有改
stale-added = 新增
stale-added-changed = 新增后又有改
stale-deleted = 已删除
stale-cause = { $id } { $title } { $how }，{ $on } { $by }
stale-short = { $first }{ $more ->
    [0] {""}
   *[other] ；另有 { $more } 处变化
}
stale-day-to-come = { $on } 还没到。
stale-day-before = { $on } 以后还有变化（{ $changed }）：写看过的日期，不早于那一天。
stale-not = { $entry } 没有待复核的变化。
stale-unchanged = 看过，不变：{ $entries }。
