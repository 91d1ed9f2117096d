# 演练：计时、周期、问题、到期。
definition-half-heads = 应到「planned」和实到「actual」要一起写，或都去掉。
definition-steps = 步骤有 { $count } 个；要 1 到 { $most } 个，每个对一个数字键。
definition-other-kind = 「{ $said }」是 { $is } 字段；这里要 { $kind } 字段。
windows-comma = ，
problem-line = { $words }：{ $how }
window-year = {""}
window-first-half = 上半年
window-second-half = 下半年
window-quarter = 第 { $part } 季度
window-month = { $part } 月
window-met = 已练（{ $by }）
window-missed = 没练
window-open = 还没练
window-due = { $on } 前要练
window-overdue = 应在 { $on } 前练，已逾期
window-uncounted = { $by } 不算：{ $why }
uncounted-not-held = 没有结论
uncounted-later = 日期还没到
uncounted-vague = 日期不够准
lack-measure = 没有措施
lack-closed = 没做完
lack-later = 关闭日期还没到
lack-confirmed = 没人确认
lack-own = 确认人就是责任人自己
problem-open = 未关闭：{ $lacks }
problem-untested = 措施已做，还没复验{ $named ->
    [none] ：没有后来的演练或复查写到它
   *[other] ：{ $named } 证明不了（要是同一预案、更晚，并且有结论）
}
problem-closed = 已关闭，{ $by } 复验
due-drill-what = 演练 { $title }：{ $words }
due-problem-what = 问题：{ $words }{ $owner ->
    [none] {""}
   *[other] ，{ $owner }
}；{ $how }
due-review-what = 复评 { $title }
due-drills = { $register }：60 天内要演练，或已逾期
due-problems = { $register }：问题还没关闭
home-earliest = 最早 { $on }
page-windows = 演练周期
page-standing = 关闭情况
problems-open = 问题 { $count } 个，未关闭 { $open } 个：{ $first }
cli-due = 期限
cli-days = 天
cli-what = 要办的事
command-due = 要办的事：演练、未关闭的问题、复评、月度检查和各台账的期限，谁办（--all 连还早的也列）
command-drill = 演练计时：start 开始，stamp 打点，note 记事，end 结束
command-drill-start = 开始：给预案就新增一次演练，给演练就打第一点
command-drill-stamp = 给一步打点，现在或 --at 指定的时间；--at 也用来更正
command-drill-note = 带时间记一条
command-drill-end = 打最后一点，并填评定的项目
option-due-all = 连还早的也列
option-drill-start-id = 预案的编号，如 EP-001，或演练的编号
option-title = 名称
option-planned = 应到人数
option-at = 时间，如 1003、100310、10:03:10（不写就是现在）
option-step = 步骤，用序号或名称
option-text = 要记的话
drill-no-clock = { $serial } 没有计时；演练才有。
drill-other-day-cli = 它的日期是 { $day }，不是今天；用 --at 写时间。
drill-begun = { $serial } 已经开始了，{ $at }；更正用 stamp --at。
drill-no-step = 没有步骤「{ $said }」；有 { $known }。
drill-note-empty = 记什么？请写在编号后面：taizhang drill note 编号 "几个字"。
drill-note-long = 这条记录有 { $count } 个字符，最多 { $most } 个；长的写成文件，用 字段=@路径 附上。
drill-planned = --planned 要一个整数，应到多少人，0 到 9999；「{ $said }」不行。
drill-stamped = 「{ $step }」已经打过点，{ $at }；更正用 --at 时间。
drill-of = { $plan }演练
due-running = 计时正在进行，t 继续：{ $serial } { $title }
due-running-what = { $title }：计时正在进行
drill-ask-running = { $plan } 的演练 { $drill } 正在进行：Enter 接着它；另写名称就再开始一次。
drill-runs = { $plan } 的演练 { $drill } 正在进行，没有再开始；给它打点：taizhang drill stamp { $drill } 步骤。要另开一次，加 --another。
option-another = 预案的演练正在进行时也另开一次
drill-ask-title = 开始 { $plan } 的一次新演练。名称？
clock-none = 这里没有什么可开始：演练是计时，预案上是新的一次演练，检查表上是这次检查。
clock-target = 目标 { $within } 内
clock-over = 超 { $by }
clock-gone = 已过 { $time }
clock-took = 用时 { $time }
clock-waiting = 未开始
clock-planned = 应到 { $count }
clock-actual = 实到 { $count }
clock-missing = 未到 { $count }
clock-digits = 数字 1 到 { $last } 打点；在最后一步按 Enter，或按 v，评定这次演练。
clock-notes = 记事
clock-problems = 问题
clock-ask-note = 记一条（{ $time }）
clock-ask-problem = 有什么问题？
clock-ask-time = 「{ $step }」的时间（1003、100310 或 10:03:10）
clock-ask-time-day = 日期是 { $day }，不是今天。「{ $step }」的时间（1003、100310 或 10:03:10）
clock-ask-heads = 实到几人？（21，连应到写 21/23）
clock-ask-heads-day = 日期是 { $day }，不是今天。实到几人？（21，连应到写 21/23）
clock-heads-how = t 填：21/23（实到/应到）
clock-heads-many = { $said } 不像人数；写 21，连应到写 21/23。
clock-doubt = { $what }确实如此就再按一次 Enter。
clock-heads-odd = 到了 { $here } 人{ $expected ->
    [none] ，像是时间。
   *[other] ，应到是 { $expected } 人。
}
drill-odd = { $what }没有记。确实如此就加 --anyway。
clock-doubt-before = { $time } 早于起点 { $first }。
clock-doubt-after = { $time } 晚于下一个打点 { $first }。
clock-doubt-to-come = { $time } 还没有到，现在是 { $now }。
clock-stamped-already = 「{ $step }」已经打过点；按 t 更正时间。
clock-nothing-to-undo = 最近的修改不是在这里打的点，没有可退的。
clock-no-problems = 这个台账不记问题。
clock-before = 早于起点
grade = 评定
grade-nothing = 这个台账没有要评定的项目。
scope-what-clock = 演练计时。数字打点；看到时已经存好。离开不会停表。
scope-what-grade = 演练评定。按数字选，选了就到下一项。
action-clock = 开始：演练计时，预案上是新的一次演练，检查表上是这次检查
hint-clock = 开始
action-heads-more = 实到加一
hint-heads-more = 加一
action-heads-fewer = 实到减一
hint-heads-fewer = 减一
action-clock-time = 填光标所在步骤的时间，或实到人数
hint-clock-time = 补填时间
action-clock-note = 带时间记一条
hint-clock-note = 记一条
action-clock-problem = 记一个问题，以后关闭
hint-clock-problem = 问题
hint-undo-clock = 退一步
hint-back-clock = 离开
hint-evaluate-clock = 评定
due-dated = { $register }：30 天内到期，或已逾期
due-dated-what = { $what }：{ $title }
remedy-measure = 问题「{ $words }」：采取了什么措施？
remedy-closed = 问题「{ $words }」：措施哪天做完的？
remedy-confirmed = 问题「{ $words }」：谁确认的？{ $owner ->
    [none] {""}
   *[other] 不能是责任人{ $owner }自己。
}
remedy-proof = 问题「{ $words }」：哪次演练复验过？写编号；或写复查的名称；还没有就空着
remedy-later = 这一天还没到；写做完的那天。
remedy-own = 责任人不能自己确认，写另一个人。
remedy-no-proof = { $named } 不算复验：要是同一预案、措施做完之后、已经开过的演练。写别的编号、复查的名称，或空着。
remedy-gone = 这个问题已被改过，再看一看。
remedy-saved = 已存 { $serial }  { $how }
due-month-what = { $what } { $month }：{ $title }
due-months = { $register }：每月要有的记录，还缺
cli-who = 谁
due-nobody = 没有「{ $said }」要办的事；有事要办的：{ $known }。
due-written = 已写 { $count } 件到 { $file }。
due-not-written = 写不进 { $file }：{ $error }
due-more-who = 责任人：{ $who }
due-more-department = 部门：{ $departments }
due-more-late = 原定 { $on }，逾期未办
due-more-none = 没有定日期
due-month-title = { $title } { $month } { $what }
due-heading = 要办的事
due-count = { $count } 件{ $late ->
    [0] {""}
   *[other] ，逾期 { $late } 件
}
due-overdue = 逾期
due-dayless = 没有定日期
due-within = { $days } 天内
due-all = 全部
due-nothing = 这段时间没有要办的事。
due-whose = 谁的事
due-everybody = 所有人
due-person = 人（岗位）
due-department = 部门
due-done-ask = { $entry } { $what }：{ $field }是哪一天？
due-done-date = 写日期，如 2022-03-18、today、-3d。
due-done-none = 这件事没有写明哪个日期算办完；e 改条目，z 改状态。
due-done-review = 复评用 R，单条评价用 v（在条目上）
due-done-drill = Enter 到预案，t 开始演练
due-how-date = d 填{ $field }
due-how-problem = d 关闭问题
due-how-month = Enter 新建一条，部门和种类已填
