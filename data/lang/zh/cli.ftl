# The commands.
command-taizhang = 台账：ISO 14001 / ISO 45001 体系台账，在终端里记录、评价、查找。不带命令就打开屏幕。
command-init = 新建账簿（--sample 带示例，--empty 空的）
command-path = 账簿在哪个目录
command-registers = 有哪些台账
command-fields = 一个台账有哪些列
command-views = 有哪些视图
command-methods = 有哪些评价方法，或一个方法的全文
command-list = 列出台账或视图的条目
command-find = 在所有台账里找
command-show = 一条的全部内容（--history 历史）
command-status = 首页上的数（--line 一行，放在登录提示里）
command-reviews = 复评记录：每一轮做到哪里
command-review = 一轮复评的结果
command-add = 新增（--stdin 每行一个 JSON，一次修改）
command-set = 修改（列= 清空）
command-evaluate = 评价（--residual 剩余风险）
command-delete = 删除（--why 原因）
command-undo = 撤销自己的上一次修改，一次次往前
command-redo = 重做刚撤销的
command-score = 只算分，不存
command-verify = 核对修改记录、状态和每个评价
command-completions = shell 补全
command-man = 手册页
command-help = 说明，或一个命令的说明
cli-plain = { $said }
cli-no-entry = 没有条目「{ $said }」{ $nearest ->
    [none] 。用 find 找找。
   *[other] ，是「{ $nearest }」吗？
}
cli-deleted = { $serial } 已由 { $by } 于 { $date } 删除。为什么删：taizhang show { $serial } --history；恢复：taizhang restore { $serial } --why 原因。
undone-add = 已撤销新增：{ $serial }「{ $title }」不再有了。taizhang redo 可以重做。
undone-set = 已撤销对 { $serial } 的修改，现在是：
undone-delete = 已撤销删除：{ $serial } 又有了：
redone-add = 已重做新增：{ $serial } 又有了：
redone-set = 已重做对 { $serial } 的修改，现在是：
redone-delete = 已重做删除：{ $serial }「{ $title }」又删除了。
done-delete = 已删除 { $serial }「{ $title }」。taizhang undo 可以恢复。
cli-not-a-pair = 「{ $said }」要写成 列=值。
cli-unknown-column = 没有「{ $said }」这一列{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}有：{ $known }。
cli-not-an-object = 第 { $line } 行不是 JSON 对象；一行一个，如 {"{"}"aspect":"..."{"}"}。什么都没有改。
cli-line = 第 { $line } 行：{ $what }什么都没有改。
cli-line-not-utf8 = 不是 UTF-8 编码的文字。
cli-derived = 「{ $field }」是从「{ $from }」算出来的，没有自己的旧值；写 { $id }。
cli-unknown-field = { $register } 没有「{ $field }」这一列{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}有：{ $known }。
cli-no-round = { $serial } 是{ $register }，不是复评；taizhang reviews 列出有哪些复评。
cli-not-yet = { $day } 时还没有 { $serial }：它是 { $added } 由 { $by } 新增的（#{ $seq }）。
cli-computed = 「{ $field }」是算出来的，不能直接改；用 evaluate。
cli-bad-field = 「{ $field }」：{ $what }
field-named = { $label }（{ $id }）
cli-unknown-command = 没有命令「{ $said }」{ $nearest ->
    [none] ；见 taizhang --help。
   *[other] ，是「{ $nearest }」吗？
}
cli-unknown-argument = 没有选项「{ $said }」{ $nearest ->
    [none] ；见 --help。
   *[other] ，是「{ $nearest }」吗？
}
cli-unexpected = 多了「{ $said }」，这里不要它；见 --help。
cli-no-value = { $argument } 后面要有值{ $known ->
    [none] 。
   *[other] ，可以是 { $known }。
}
cli-twice = { $argument } 只能写一次。
cli-field-twice = 「{ $field }」写了两次；只留一个。
cli-empty = { $argument } 给的是空的。写上内容，或者不写这一项。
cli-unseen = { $argument } 里有看不见的字符 { $code }；去掉它。
cli-why-empty = { $argument } 给的原因是空的；写几个看得见的字，它要留在历史里。
cli-empty-command = 给的命令是空的；见 taizhang --help。
cli-empty-unexpected = 这里多了一个空的参数；见 --help。
cli-empty-pair = 有一个参数是空的；写成 名称=值。
cli-not-utf8 = 「{ $said }」不是 UTF-8 编码的文字；检查终端或脚本的编码。
cli-conflict = { $argument } 和 { $other } 不能一起用。
cli-wrong-call = 命令写得不对；见 --help。
cli-missing = 还缺 { $what }；见 --help。
cli-missing-command = 后面还要一个命令：{ $known }。
cli-bad-value = { $argument } 不能是「{ $said }」{ $known ->
    [none] 。
   *[other] ，可以是 { $known }。
}
cli-not-a-day = 「{ $said }」不是哪一天；写成 2022-03-18、today 或 -10d。
cli-unknown-theme = 没有主题「{ $said }」；有 { $known }。
usage-head = 用法
usage-commands = 命令
usage-command = 命令
usage-arguments = 参数
usage-options = 选项
option-book = 账簿的目录（否则看 TAIZHANG_BOOK，再不然在 ~/.local/share/taizhang）
option-lang = 语言：zh 或 en
option-theme = 屏幕的主题：default、mono、light、high-contrast，或自己的
option-allow-network-disk = 账簿在网络盘上也打开；锁和落盘在那里靠不住，确知没有别人打开再用
option-help = 显示这份说明
option-version = 显示版本
option-sample = 带示例（示例是编的）：found 审核时的样子，mended 两周后整改完
option-anyway = 时间早于起点或差半天以上也照记
option-empty = 空的
option-organisation = 单位名称
option-register = 台账的名字或代号，如 aspects、环境因素；用 registers 看有哪些
option-json = 用 JSON 输出
option-line = 只要一行
option-csv = 用 CSV 输出
option-list = 台账或视图的名字或代号；用 registers、views 看有哪些
option-query = 条件，如 部门:技术部 '分值>=13' -状态:紧急；几个字或拼音就找几个字
option-columns = 要哪些列，逗号分开；用 fields 看有哪些
option-sort = 按哪些列排，前面加 - 从大到小，如 -score
option-limit = 最多几条
option-history = 连同历史：谁、何时、从什么改到什么、为什么；--history=列 只看一列
option-id = 编号，如 EA-0001
option-values = 列=值，列用名字或代号，多个值用逗号分开；文件写 @路径；列= 清空
option-factors = 因子=值，如 L=3 E=6 C=15；用 methods 看有哪些
option-stdin = 从标准输入读，每行一个 JSON 对象，合成一次修改
option-why = 原因，记入历史
option-method = 评价方法，可带版本，如 lec@1；用 methods 看有哪些
option-on = 评价日期（不写就是今天）
option-by = 参加评价的人，逗号分开
option-basis = 依据
option-direct = 直接判定，如 I；不用因子
option-residual = 因子值是有了控制措施以后的剩余风险
option-release = 虽然只有法规或关注程度降低，也从清单上去掉
option-shell = bash、zsh、fish、elvish 或 powershell
option-command = 要看哪个命令的说明
cli-register = 台账
cli-name = 名称
cli-form = 表单编号
cli-entries = 条目
cli-field = 列
cli-kind = 类型
cli-values = 取值
cli-view = 视图
cli-query = 条件
cli-method = 方法
cli-formula = 公式
cli-id = 编号
cli-title = 名称
cli-level = 级别
organisation = 本单位
verify-not-compared = 状态没有核对：{ $why }
verify-failed = 有 { $findings } 处对不上，见上。核对了 { $commits } 次修改，{ $entries } 条，{ $evaluations } 个评价。末次校验和 { $head }
verified = 核对完毕：{ $commits } 次修改，{ $entries } 条，{ $evaluations } 个评价都重算过。末次校验和 { $head }
finding-evaluation = { $serial }：存的是 { $kept }，按因子算是 { $follows }。请重新评价。
finding-no-method = { $serial }：评价方法 { $method } 已不在定义里，无法核对；请补回这个方法。
cli-delete-linked = 还有 { $count } 条关联到它，关联会显示为已删除；undo 可以恢复。
status-line = { $organisation }：要复评 { $review }，旧版 { $outdated }，未评 { $unrated }，待填 { $open }；没做完的复评 { $rounds }，要演练 { $drills }，没关闭的问题 { $problems }，没答的问题 { $questions }
status-damaged = ! 账簿损坏：{ $place }，只能数到第 { $seq } 次修改。{ "" }
status-due = 要复评
status-open = 待填
command-draw = 随机抽样，同一个种子抽到同样的条目
command-questions = 审核问题，按条款列出，末次会议用
option-count = 抽几条（不写就 5 条）
option-seed = 种子；不写就造一个并印出来
option-note = 把这次抽样记为一个审核问题
option-open = 只要还没答的
draw-kept = 已记为 { $serial }。
command-try = 试算新一版方法：谁列入、谁移出、谁变分值；什么也不写
command-apply = 启用新一版方法（要写原因和批准人）
command-carry = 按旧版评价的，因子对得上就一起按新版重评
option-toml = 方法文件的原文，可以存下来改成新一版
option-file = 方法文件（TOML），在当前目录或账簿目录里
option-approved-by = 谁批准的
command-changes = 两个时间之间改了什么（--since）
command-restore = 放回旧值，或恢复删了的条目（--from 从哪次修改）
changes-head = 从 #{ $since } 到 #{ $until }，{ $commits } 次修改，动过 { $entries } 条。
changes-by-nobody = 没有叫「{ $said }」的人改过什么{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}改过的有：{ $known }。
changes-backwards = 从 #{ $since } 到 #{ $until } 是倒着的；--since 要早于 --until。
option-as-of = 看某日（当天结束时）、某时刻或第几次修改之后的样子：2021-05-31、"2021-05-31 14:00"、#12
option-since = 从何时起：日期、时间、#12，或 audit（上次内审）、review（上次复评）
option-until = 到何时止（默认到现在）
option-changes-by = 只看这个人改的
option-registers = 只看这些台账
option-field = 哪一列
option-from = 从何时或第几次修改之后的样子取；不写就是上一个样子
restore-not-deleted = { $serial } 没有被删除，什么都没有放回。要放回旧的值，写 --field 字段；要整条放回某时的样子，写 --from 日期或 #N。
restored = 已放回第 { $of } 次修改时的样子，{ $serial } 现在是：
status-outdated = 旧版
status-wanting = 没做完的复评 { $rounds }，要演练的预案 { $drills }，问题没关闭的演练 { $problems }，别的到期 { $dated }，月度检查待做 { $months }，没答的审核问题 { $questions }，待复核 { $stale }
command-check = 逐条款自查：审核员会发现什么（有缺少或矛盾时退出码为 1）
option-clause = 只查这个条款，如 8.1
command-accept = 接受一条自查结果的现状：到那天为止、条目没再改就不提示
option-check = 规则的编号，如 contract-number
option-accept-until = 到哪天为止，不写就是一年
command-evidence = 一个条款有什么：要求、文件、记录、自查结果、以前问过的
command-coverage = 各条款、各部门的证据件数和自查结果
option-evidence-clause = 条款号，如 8.2
option-department = 只看这个部门，写编号或名称
command-chain = 一条挂着什么，逐步看下去，缺哪一环
cli-evaluate-why = 级别由 { $from } 变为 { $to }：用 --why 写明为什么。
option-days = 多少天以内到期的
option-person = 只看这个人（岗位）要办的
option-ics = 日历文件（RFC 5545），可导入 Outlook、手机日历；不写 --days 就是全部
option-output = 写到这个文件，不写就打印
command-terms = 合同条款里的环境、安全字句：第几行、第几字、哪条规则找到的、评审怎么说
command-confirm = 确认合同条款的一行：适用（责任人、控制），没有影响（为什么），或者没有找到
option-confirm-line = 条款的第几行
option-kind = 类别，如 环境、安全（一行里有几类时）
option-owner = 责任人
option-control = 控制它的文件、环境因素、危险源、预案的编号，逗号隔开
option-requirement = 要求是什么，不写就是条款原句
option-no-effect = 没有影响，为什么
option-none = 条款里没有找到：写明谁、哪天看过
option-confirm-by = 谁看的，不写就是自己
command-audit = 一次审核：按条款摆出证据，记现场所见，出审核记录
command-audit-show = 按条款列出有什么可看、记了什么
command-audit-note = 在一个条款下记一条
command-audit-record = 出审核记录，Markdown 或纯文本
option-audit-id = 审核的编号，如 AU-2022-01
option-audit-kind = 种类，写名称或代码：出示 所见 面谈 问题 观察项 不符合 未抽到
option-audit-text = 内容；里面写到的编号也算它的条目
option-entries = 依据的条目，编号用逗号分开
option-audit-department = 哪个受审部门，写编号或名称；只审一个部门时不用写
option-format = 格式：markdown（默认）或 plain
command-stale = 有变化、待复核的条目，各是因为什么
stale-sum = 待复核 { $count } 条。
command-unchanged = 待复核的条目看过了，不变
option-ids = 编号，可以写几个
option-unchanged-by = 谁看的（默认是自己）
option-unchanged-on = 哪天看的（默认今天）
command-import = 导入表格（xlsx、xls、ods、csv、json）：先核对评价，一次写入，可整个撤销
option-import-register = 哪个台账，不写就自己认
option-sheet = 哪张工作表（名称或第几张），不写就取认得出的第一张
option-verdicts = 评价与表里写的不一致的行：stated 照原表（注明），computed 按算出的，open 先空着
option-delete-missing = 文件里没有的条目删除；不写就留着
option-try = 只说会怎样，什么都不写；有不一致就以 1 退出
option-import-file = 要导入的文件
option-map = 说明各列是什么的文件（TOML）；不写就用上次同样表格的
command-export = 把清单写成文件：xlsx、csv、json、md、html、txt；原样可再导入
option-to = 写到哪个文件，结尾说是什么格式
option-export-lang = 文件用中文、英文或两种：zh、en、both
option-overwrite = 文件已有就覆盖
command-print = 按公司的表格打印一个清单或一条记录：纯文本，或写成 html、xlsx
option-print-what = 台账、视图，或一条记录的编号
option-width = 纯文本多少列，不写是 120
option-form = 用公司的表格：标题、编号、合并的活动、评价准则、编制/审核/批准
command-attach = 给一个条目附上文件：照片、签到表、证书、签字原件
option-remove = 把这个名称的附件拿下来
option-attach-files = 要附上的文件
command-files = 一个条目的附件：名称、大小、谁何时附上、内容是否完好；可复制出来
option-files-to = 都复制到这个文件夹
command-issue = 发布一个清单：编号、版本、编制/审核/批准，与内容绑定；或发布一份草案（IS-0001）
option-issue-what = 台账、视图，或一份草案的编号
option-number = 清单编号
option-edition = 版本，不写就是下一版（A/0、A/1）
option-prepared-by = 编制人
option-prepared = 编制日期
option-checked-by = 审核人
option-checked = 审核日期
option-approved = 批准日期
command-issued = 发布过的清单，和发布后改了什么
option-issued-what = 只看这个台账或视图的
command-pack = 审核资料包：台账、发布的清单、各条款的证据、附件、修改和自查，可独立核对
option-pack-path = 写到哪个新文件夹，或哪个 .zip
option-pack-departments = 只要这些部门的
option-pack-clauses = 只要这些条款的
option-pack-since = 修改从哪天起，不写是前一年
option-personal = 连同体检等个人资料
command-pack-verify = 核对一个审核资料包
