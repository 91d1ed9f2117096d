# The screens.
terminal-none = 这里不是终端，开不了屏幕。脚本请用命令，如 taizhang list aspects；见 taizhang help。
terminal-dumb = 这个终端（TERM）不能移动光标，开不了屏幕。请用命令，如 taizhang list aspects；见 taizhang help。
terminal-not-utf8 = 语言环境不是 UTF-8，中文显示不了。请先 export LC_ALL=C.UTF-8（或 zh_CN.UTF-8），或用命令。
theme-unknown-role = 没有「{ $said }」这种文字{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
theme-unknown-colour = 「{ $said }」不是颜色；写 red、#rrggbb 或 0 到 255。
too-small = 窗口太小：要 { $needed }，现在 { $now }。
too-small-wait = 放大后接着用，什么也没丢。q 退出。
welcome-name = 台账 taizhang
welcome-question = 这里还没有账簿。要从哪里开始？
welcome-sample = 看一看示例
welcome-sample-what = 一家软件公司技术部：环境因素、危险源、应急演练
welcome-empty = 新建空账簿
welcome-empty-what = 只带表格和评价方法，条目自己填
welcome-leave = 退出
welcome-folder = 账簿将放在
welcome-elsewhere = 换地方
welcome-elsewhere-how = taizhang --book 目录
welcome-hints = 1-3 选择  Enter 打开  L English  q 退出
read-only = 只读
damaged-read-only = 损坏，只读
date-fixed = 示例，日期固定
home-due = 要办的事
home-registers = 台账
home-entries = 条目
home-listed = 重要
home-unrated = 未评
home-changed = 最近修改
home-latest = 最近修改
due-review = { $register }：30 天内要复评，或已过期
due-rounds = 复评没做完，R 接着做
due-evaluation = { $register }：还没有评价
due-open = { $register }：有必填项空着
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
rows = { $count } 条
rows-of = { $count } / { $total } 条
marked = 选了 { $count } 条{ $hidden ->
    [0] {""}
   *[other] ，没显示的 { $hidden } 条不算
}
sorted-down = { $column }从高到低
sorted-up = 按{ $column }
table-empty = 还没有条目。a 新增一条，I 导入表格。
table-nothing-matches = 没有符合的条目。/ 改筛选，Esc 返回。
cell-not-editable = 这一列由程序给出，不在这里改。
not-scored = 这个台账不评价。
view-needs-filter = 先用 / 筛选，再存为视图。
ask-delete = 删除 { $what }{ $count ->
    [1] {""}
   *[other] {" "}共 { $count } 条
}{ $links ->
    [0] {""}
   *[other] ，还有 { $links } 条关联到它
}。为什么？
ask-view-name = 把「{ $query }」存为视图，叫什么？
view-saved = 已存视图「{ $name }」，{ $key } 打开。u 撤销
ask-something = 请写几个字，或按 Esc 取消。
saved-entry = 已存 { $serial }{ $count ->
    [1] {""}
   *[other] {" "}等 { $count } 条
}（第 { $seq } 次修改）。u 撤销
undone = 已撤销：{ $what }。u 再往前，U 重做
redone = 已重做：{ $what }。
nothing-changed = 没有改动。
draft = 草稿
draft-dropped = 草稿丢掉了。
draft-drop-again = 再按一次，这份草稿就丢掉。
draft-of-deleted = 草稿要改的条目已删除；恢复它，或按 d 丢掉草稿。
and-more = 另有 { $count } 处
evaluated-again = 复评
yesterday = 昨天 { $time }
draft-kept = 没有存，草稿留着，下次打开这一条时接着填。
draft-kept-new = 没有存，草稿留着，下次新增时接着填。
draft-kept-many = 没有存，草稿留着，从首页接着填。
draft-restored = 接着上次没存的草稿
form-new = 新增  { $register }
form-bulk = 同时改 { $count } 条
bulk-blank = 不填就不改，{ $count } 条有值的照旧；Delete 清空。
bulk-clears = 存的时候清空 { $count } 条里的值；打字或 F4 就不清。
form-changed = 改 { $count } 处，未存
was = 原：{ $value }
row-problem = 第 { $row } 行「{ $column }」：{ $what }
row-too-many = 第 { $row } 行多于 { $count } 格；格子之间用 | 分开。
press-enter-to-link = Enter 选择
press-enter-to-evaluate = Enter 评价
field-help = { $help }
field-no-help = 这一项按公司表格填写即可；带 * 的必填，可以以后再填。
open-fields = 待填 { $count }：{ $fields }
edited = { $at } { $by } 修改
verdict = { $sign } { $level }：{ $reason }（{ $factors }）。
verdict-plain = { $sign } { $level }：{ $reason }
verdict-residual = 剩余 { $score } { $level }
verdict-method = { $method } 第 { $edition } 版，{ $on }
edition = 第 { $edition } 版
list-comma = 、
to-fill = 待填
residual = 剩余
initial = 固有
basis = 依据
by = 参加
evaluation = 评价
evaluate = 评价
level = 级别
now = 现在
before = 上次
scale = 取值
scale-by-digit = 取值，按数字选
scale-by-letter = 取值，按字母选，或键入数值再按 Enter
other-method = 用哪个方法评价
odd-save-again = { $what }再按 { $key } 照存。
evaluate-nothing-to-release = 没有保留在清单上的结论，不用移出。
evaluate-no-direct = 这个方法没有直接判定。
evaluate-undo = 这里用 { $key } 退一步；u 撤销的是已存的修改，回到台账里再按。
rule = 规则
is-listed = 列入清单
veto = { $factor } >= { $at } 单项判定为{ $level }
history = 历史
why = 为什么
act-add = 新增
act-set = 修改
act-delete = 删除
act-restore = 恢复
way-undo = 撤销第 { $seq } 次{" "}
way-redo = 重做第 { $seq } 次{" "}
because = 因为：{ $why }
views = 视图和台账
views-delete = Delete 删除这个视图
sort-by = 按哪一列排序（再选一次倒过来）
bulk-field = 同时改哪一列
link-to = 关联到（空格选，Enter 定）
matrix = 风险分布
matrix-unrated = 未评 { $count } / { $total } 条
find = 找
list = 清单
commands = 命令
type-to-narrow = 键入就筛选，拼音也行
nothing-found = 没有找到。
direct-judgement = 直接判定
draft-overtaken = 这之后别人改过。
draft-overtaken-by = 这之后改成了：{ $value }
field-wrong = { $field }：{ $what }
saved-open = 已存 { $serial }，还有 { $open } 项必填空着（第 { $seq } 次修改）。u 撤销
deleted-entry = 已删除 { $serial }{ $count ->
    [1] {""}
   *[other] {" "}等 { $count } 条
}（第 { $seq } 次修改）。u 撤销
theme-now = 配色：{ $name }
off-scale = 不在取值表上
row-columns = 每行一条，用 | 分开：{ $columns }
pane-needs-room = 窗口要 { $columns } 列宽，右边才放得下详情。
verdict-by = ，{ $by }
sorted-back = 按{ $column }倒序
sample-note = 这是示例：日期固定为 { $today }，新的修改也记在这一天。随便试；不要了就删掉 { $folder }。
empty-note = 单位名称、时区和各人的姓名写在 { $folder }/book.toml，改了下次打开生效。
free-again = 现在没有别人在用了：退出再打开就能改。
field-help-date = 可填 2023-03-15、2023-03、3-15、今天、+3m（三个月后）、-10d。
field-help-number = 填数，如 12 或 0.5。
field-help-choice = 左右键、数字或打名称的头几个字选，Space 选上或去掉。
field-help-links = Enter 打开名单，键入就筛选，Space 选几条；没有的按 F5 就地新建。
field-help-evaluation = Enter 或 F6 评价；由方法算出分值和级别，不能直接填。
field-help-time = 时刻，如 09:30、0930、9点30 或 09:30:15。
filter-no-choice = 「{ $column }」里没有「{ $said }」，有：{ $choices }
field-help-rows = 一行一条，格子按顺序用 | 分开，没有的空着：{ $columns }。例：{ $example }
column-help = { $name }（{ $help }）
column-date = 日期
column-number = 数字
column-links = 编号
field-help-files = 每行一个文件的路径，离开这一项时存一份到账簿里；已存的写文件名。
month-changes = { $month } 的修改，{ $count } 次
and-more-entries = 另有 { $count } 条
home-months = 每月修改
copied = 已复制：{ $what }   { $more }
copied-tmux = （tmux 要 set-clipboard on）
copy-nothing = 这里没有可复制的条目；光标移到条目上，或按 Y。
copy-again = { $key } 再按一次{ $next }。
copy-next-row = 复制整行
copy-next-id = 只复制编号
copy-next-reason = 只复制理由
plain-lines = 全文 { $count } 行
no-status = 这个台账没有状态这一列。
question-as-of = 截至 { $day } #{ $seq }
closing-meeting = 末次会议：审核问题按条款列出
question-new = 审核问题
question-of = { $what }：
question-alone = 不带条目
question-clause = 条款
question-words = 问题
settle-answer = 答复，可以不写；写到的编号就附为证据
earlier = 此前
earlier-count = 此前评价过 { $count } 次
until = 到 { $day }
look-up-kept = 常用
look-up-used = 用过
look-up-pinned = 「{ $text }」放在最前面了，再按一次取消。
look-up-unpinned = 「{ $text }」不再放在最前面。
due-questions = { $register }：还没有答
due-outdated = { $register }：按旧版规则评价，要重评
rules = 评价方法
rules-count = { $count } 个
rules-method = 方法
rules-edition = 版次
rules-used = 条目
rules-outdated = 旧版
rules-approved = 批准
rule-ask-file = 新一版的方法文件在哪里？（账簿目录里的文件名，或完整路径）
rule-ask-why = 为什么改？
rule-ask-approver = 谁批准的？
rule-ask-carry = 有的条目级别会变。为什么？
rule-left = 按旧版评价的 { $count } 条，{ $over } 条可以一起按新版重评（v），其余打开一条条评
rule-left-flips = 其中有的级别会变，重评要写原因
rule-concern = 法规或关注，只能提高不能降低
outdated = 按旧版规则，要重评
rules-how = 新一版：taizhang methods { $id } --toml 存成文件，改好后按 { $key }
past-title = 截至 { $day } #{ $seq }{ $rest ->
    [none] {""}
   *[other] ，{ $rest }
}
past-work-open = 先存好或离开正在填的，再看过去。
past-left = 回到今天。
past-last = 后面没有修改了；Esc 回到今天。
past-at = #{ $seq }  { $at }  { $by }  { $what }
past-definitions = 表格定义
past-table-empty = 那时还没有条目。
past-not-then = 那时还没有这一条。
ask-as-of = 看哪天的样子？日期、时间或 #12。
ask-since = 从何时起改了什么？日期、时间或 #12。
since-empty = 空着：{ $said } { $day }
since-today = 空着或 Esc：回到今天
changes-title = 改了什么   { $since } -> { $until }
changes-none = 没有改动。
way-restore = 放回第 { $seq } 次{" "}
ask-restore-entry = 恢复 { $serial }（第 { $of } 次修改时的样子）。为什么？
ask-restore-field = { $serial } 的{ $field }放回「{ $value }」（第 { $of } 次修改）。为什么？
ask-restore-whole = { $serial } 整条放回第 { $of } 次修改时的样子。为什么？
restore-where = 在历史（H）里选一次修改，再按 B 放回它之前的样子。

# 全部台账，按标准的章
registers-all = 全部台账
registers-count = { $count } 张
chapter-4 = 4 组织所处的环境
chapter-5 = 5 领导作用和员工参与
chapter-6 = 6 策划
chapter-7 = 7 支持
chapter-8 = 8 运行
chapter-9 = 9 绩效评价
chapter-10 = 10 改进
chapter-other = 其他
action-registers = 全部台账
hint-registers = 全部台账
due-stale = 有变化，待复核：
stale-line = ? 待复核：{ $causes }
stale-label = 待复核
stale-nothing = 这里没有待复核的变化。
stale-why = { $entry }：{ $cause }。不变：为什么？
stale-why-many = { $count } 条待复核的都不变：为什么？
stale-who = 谁看的，哪一天？
stale-who-too = 还要写是谁看的，日期在后面。
