# Files of other programs, in and out.
workbook-refused = 读不了：{ $why }。
workbook-no-file = 这不是普通的文件（是设备或管道），不读。
workbook-quote = 第 { $line } 行起有一个引号没有收尾，后面的行都成了一格；补上引号，或用 Excel 另存再试。
workbook-folder = 这是一个文件夹，要一个文件。
workbook-large = 文件有 { $size } MB，最多读 { $most } MB；把要导入的工作表另存为一个文件再试。
workbook-unpacks = 文件解开后超过 { $most } MB，不读；把要导入的工作表另存为 CSV 再试。
workbook-cells = 表里的单元格太多（最多 { $most } 个），不读；删去表格以外的行列再存一次，或另存为 CSV。
workbook-long = 格子太多（最多 { $most } 个），不读；分成几个文件，一个一个导入。
workbook-encrypted = 文件有密码；在 Excel 里打开，去掉密码另存再试。
workbook-other = 这其实是 { $kind } 文件，不是表格；用 Excel 或 WPS 打开，另存为 xlsx 再试。
workbook-broken = 文件坏了或不完整；用 Excel 或 WPS 打开另存一次，或重新拷贝。
workbook-encoding = 文字的编码认不出来（认得 UTF-8、GB18030、GBK、UTF-16）；另存为 UTF-8 的 CSV 再试。
workbook-json = JSON 第 { $line } 行读不了：要一组对象，或每行一个对象。
workbook-empty = 文件是空的。
workbook-one-sheet = 这个文件只有一张表，去掉 --sheet。
workbook-no-sheet = 没有工作表「{ $said }」；有：{ $known }。
import-basis = { $name } 第 { $line } 行
import-note = { $heading }：{ $text }
import-stated = 原表评价：{ $what }
import-direct = 判别依据
import-score = 分值
import-level = 级别
import-listed = 列入
import-recognised = { $name }：{ $register }，表头第 { $head } 行，条目 { $rows } 行
import-not-recognised = { $file }：没有认出{ $register ->
    [none] 哪个台账的
   *[other] { $register }的
}表头（名称那一列要有标题）。
import-say-which = 用 --register 说是哪个台账，--sheet 说是哪张表。
import-others-alike = 还有 { $count } 张同样的表没有取：{ $sheets }
import-take-others = 一起取用 --sheet all。
import-pick-others = Enter 一起取，或换一张。
import-all-sheets = 同样的 { $count } 张一起
import-file = { $file }：{ $why }
import-serial = 编号
import-factor = 因子 { $label }
import-residual = 剩余 { $label }
import-residual-score = 剩余分值
import-residual-level = 剩余级别
import-method = 评价方法
import-on = 评价日期
import-by = 评价人
import-from = 评价依据
import-nothing = 不取
import-to-note = 原样放进备注
import-own = 本台账的方法（{ $methods }）
import-share = { $method }：{ $of ->
    [0] 能算 { $worked } 行，表里没有写结果
   *[other] { $of } 行里 { $agree } 行与表里一致
}
import-learned = 级别「{ $word }」当作 { $level }（按多数行）
import-counts = 新增 { $new }，修改 { $changed }，相同 { $same }，不取 { $left }。
import-makes = 另建 { $register } { $count } 条：{ $titles }{ $more ->
    [0] {""}
   *[other] ，等等
}
import-off-scale = 第 { $line } 行 { $title }：{ $what }
import-undecided-screen = 还有 { $count } 行的评价没有定：1 照原表，2 按算出的，3 先空着。
handout-exists = { $file } 已经有了，不覆盖；换个名字。
import-change = 再按一次 Enter 才换：定好的、改过的都不留。
import-nothing-back = 这里没有可退的一步；账簿的修改离开导入以后再用 u 撤销。
import-delete-why = 文件里没有的 { $count } 条要删除：{ $serials }。为什么？
import-leave = 再按一次 Esc 离开：定好的、改过的都不留。
import-missing = 文件里没有的 { $count } 条{ $go ->
    [0] （留着不动；--delete-missing 才删）
   *[other] （删除）
}：{ $serials }
import-unread-count = 读不了的格子 { $count } 个，原文放进备注：
import-unread = { $place } { $heading }：{ $why }
import-differs-count = 评价与表里写的不一致 { $count } 行：
import-differs = 表里 { $said }；{ $follows }
import-follows = 按因子 { $factors } 是 { $level }（{ $reason }）
import-follows-not = 按因子算不出：{ $why }
import-row = 第 { $line } 行 { $title }：{ $what }；{ $keep }
import-unworked = 第 { $line } 行 { $title }：评价算不出，因子放进备注：{ $why }
import-bare = 只写了结果、没有因子的 { $count } 行：照原表，理由里注明。
import-line = 第 { $line } 行 { $what }：{ $words }
import-line-entry = 条目
import-line-section = 分段
import-line-head = 重复的表头
import-line-signed = 签名行，不取
import-line-total = 合计行，不取
import-line-remark = 说明，不取
import-line-untitled = 没有名称，不取
import-line-above = 表头以上，不取
import-astray = { $of } 那张表里的 { $words }：文件里没有这个编号，不取
import-line-beyond = 第 512 列以后的格子，不取
import-keep-undecided = 待定
import-keep-stated = 照原表
import-keep-computed = 按算出的
import-keep-open = 先空着
import-undecided = { $count } 行的评价与表里写的不一致，还没有定：--verdicts stated（照原表，注明）、computed（按算出的）或 open（先空着）。什么都没有写。
import-nothing-new = 账簿里已经都有了，什么都没有写。
import-why = 导入 { $name }
import-done = 已导入，第 { $seq } 次修改：新增 { $new }，修改 { $changed }，另建 { $made }，删除 { $gone }。undo 可以整个撤销。
import-twice = 第 { $line } 行 { $title }：和前面的一行是同一条，不取
import-doubled = 第 { $line } 行 { $title }：编号 { $serial } 不止一行有，哪一行算数说不清，先不取
import-doubled-rows = { $count } 行的编号和别的行重复，哪一行算数说不清：在文件里改编号，或在屏幕上用 x 去掉多余的行。什么都没有写。
import-sum-doubled = { $count } 行的编号重复：Enter 去看，x 去掉多余的行
import-foreign = { $count } 行的编号账簿里没有，用作新条目的编号：{ $serials }{ $more ->
    [0] {""}
   *[other] {" "}等
}
import-strange = 第 { $line } 行 { $title }：级别「{ $level }」对不上任何一级，没有核对，原文放进备注
import-unlike = 没有取的工作表：{ $sheets }
import-signed-day = 评价日期按表上签字的日期：{ $day }
import-remembered = 各列的意思照上次导入的同一种表
import-no-row = 没有一行能写入，什么都没有写。
import-missing-here = { $count } 条{ $go ->
    [0] 留着不动（Enter 改为删除）
   *[other] 要删除（Enter 改为留着）
}：{ $serials }
import-refused = 第 { $line } 行不能写入：{ $why } 什么都没有写。
import-looking = 正在核对 { $file } ...
import-reading = 正在读 { $file } ...（Esc 停止）
import-heading = 导入  { $name }  { $rows } 行
import-step-columns = 1 列
import-step-check = 2 核对
import-step-write = 3 写入
import-sheet = 工作表
import-register = 台账
import-say-register = Enter 说是哪个台账的
import-say-sheet = Enter 换一张工作表
import-to-check = Enter 或 Tab：下一步，核对各行
import-odd = 要看的 { $count } 行{ $undecided ->
    [0] {""}
   *[other] ，评价待定 { $undecided } 行：1 照原表（注明），2 按算出的，3 先空着，A 其余照此
}
import-rest = 其余 { $count } 行
import-others = 不是条目的行
import-like = 像 { $entries }：Enter 选是哪一条，不选就是新条目
import-fate-new = 新增
import-fate-changed = 修改
import-fate-same = 相同
import-fate-twice = 重复，不取
import-fate-left = 不取
import-sum-new = 新增
import-sum-changed = 修改
import-sum-same = 相同
import-sum-left = 不取
import-sum-unread = 读不了的格子
import-sum-differs = 评价不一致
import-sum-bare = 没有因子
import-sum-missing = 文件里没有
import-sum-undecided = 还有 { $count } 行的评价没有定：Enter 去定
import-ready = F2 写入：一次修改，u 可以整个撤销。在这以前什么都没有写。
import-row-heading = 第 { $line } 行  { $title }
import-which-file = 导入哪个文件：选一个，或键入路径
import-which-path = 键入文件的路径
import-no-files = 这里和您的下载、文档、桌面里没有表格；键入路径，如 ~/台账.xlsx
import-which-sheet = 哪张工作表
import-which-register = 导入哪个台账
import-which-method = 按哪种方法核对
import-which-target = 这一列是什么
import-which-entry = 这一行是哪一条
import-as-new = 新条目 { $title }
import-mend = 「{ $text }」读作什么？（这一列里同样的字都照此）
import-keep-where = 光标移到评价不一致的行上。
import-keep-rest-where = 先给这一行定了（1、2、3），A 再让其余照此。
import-kept-rest = { $count } 行照此。
import-done-screen = 已导入：第 { $seq } 次修改，新增 { $new }，修改 { $changed }，另建 { $made }，删除 { $gone }；u 整个撤销
import-keep-unworked = 算不出，先空着
export-ending = { $said }：文件名要以 .xlsx、.csv、.json、.md、.html 或 .txt 结尾。
export-long-cell = { $serial } 的「{ $column }」超过 Excel 一格的 32767 个字符；改存为 .json。
export-refused = 写不出来：{ $why }
export-written = 已写 { $count } 条到 { $file }
export-exists = { $file } 已经有了；换个名字，或加 --overwrite 覆盖。
export-not-written = 写不了 { $file }：{ $error }
form-number = 序号
form-narrowed = 筛选
form-narrow = --width 至少 { $least } 列。
form-serial = 编号
form-form-number = 表单编号
form-edition = 版本
form-department = 部门
form-no-list = 没有台账或视图「{ $said }」。
form-no-column = 这个台账没有「{ $said }」{ $nearest ->
    [none] 。
   *[other] ，是「{ $nearest }」吗？
}
form-no-record = 只有审核的台账才有逐条款的记录；去掉 record。
form-no-signer = 不认得签名人「{ $said }」；可写 { $known }。
form-criteria = 评价准则：{ $method }（第 { $edition } 版）{ $symbol } = { $formula }；{ $factors }。级别：{ $bands }（带 ! 的列入清单）。
sign-date = 日期：
sign-prepared = 编制：
sign-checked = 审核：
sign-approved = 批准：
sign-recorded = 记录：
sign-inspected = 检查人：
sign-department-head = 部门负责人：
sign-found-by = 发现人：
sign-verified = 验证人：
sign-reviewed = 评审人：
form-no-department = 没写部门
form-by-department = 各部门的级别
form-format = 公司的表格写成 .html、.xlsx 或 .txt。
handout = 导出、打印
handout-nothing = 这里没有可导出的清单或记录。
handout-ending = 选的是 .{ $ending }，文件名也要以它结尾；要别的格式，回去另选。
handout-where = 写到哪个文件？（~ 是您自己的文件夹；已有的不覆盖）
handout-xlsx = Excel 工作簿，全部内容；改好可再导入（I）
handout-form-html = 公司表格，打印用的网页（A4 横向）
handout-form-xlsx = 公司表格，Excel
handout-form-txt = 公司表格，纯文本（给 lp 或邮件）
handout-form-both = 公司表格，中英文并排，打印用的网页
handout-both = Excel 工作簿，中英文并排
handout-csv = CSV，全部内容
handout-json = JSON，给程序用
handout-md = Markdown
attach-no-place = { $register }没有放附件的一列。
attach-there = 已经附上了，名称是 { $name }。
attach-not-there = 没有名称是「{ $said }」的附件；有：{ $known }。
attach-several = 有几个附件都叫 { $name }，用 SHA-256 说是哪一个：{ $hashes }。
attach-mended = { $name } 的内容补回来了。
attach-lost = { $name } 的内容不在了或被改过；verify 会列出。
files-lost = ，内容不在了或被改过
files-line = { $name }  { $size }  { $at } { $by }  { $hash }{ $state ->
    [none] {""}
   *[other] { $state }
}
files-heading = 附件  { $entry }
files-no-files = 这一条没有附件。
files-none = 还没有附件。a 附上一个文件。
files-which = 附上哪个文件：选一个，或键入路径
files-where = 复制到哪里？（一个文件夹或文件名）
files-copied = 已复制到 { $file }
files-opened = 已交给系统打开：{ $name }
files-no-opener = 这里没有图形界面可以打开；Enter 复制出来。
issue-no-draft = { $entry } 不能发布：它不是草案，或不是一个清单。
issue-no-view = 没有视图「{ $said }」；写台账或视图，如 重要环境因素清单。
issue-used = { $number } { $edition } 已经发布过（撤销的也算，纸可能还在外面），换下一个版本号。
issue-taken = 清单编号 { $number } 已是 { $list } 的，换一个编号。
issue-early = { $row } 是 { $day } 评价的，批准日期不能更早。
issue-before = 上一版 { $edition } 是 { $day } 批准的，这一版不能更早。
issue-other-form = 表格样式在发布以后改过，内容还是发布时的。
issue-begin = 这是草案：F2 存，填全以后在清单上按 P 发布。
issue-ahead = { $day } 还没有到，签字日期不能在今天以后。
issue-nothing = { $list }里没有条目，不发布。
issue-changes = 比 { $from }：{ $what ->
    [none] 没有改动
   *[other] { $what }
}
issue-new = 新增 { $entry }
issue-gone = 去掉 { $entry }
issue-changed = 修改 { $entry }（{ $fields }）
issue-done = 已发布 { $title } { $edition }（{ $number }），{ $rows } 条，第 { $seq } 次修改。
issue-same = { $number } { $edition }：与发布时一致
issue-since = { $number } { $edition }：发布后改了 { $count } 行
issue-draft = { $number } { $edition }：草案
issue-broken = { $number } { $edition }：校验和对不上，清单或账簿被改过；先 taizhang verify
issue-none = 没有发布过的清单。
issue-late = 不是现行内容：{ $edition } 发布后改了 { $count } 行（到 { $day }）
issue-superseded = 已换版：{ $number } { $edition } 不再有效
issue-withdrawn = 已作废：{ $number } { $edition } 不再有效
issue-uncontrolled = 非受控打印：现行的是 { $number } { $edition }{ $count ->
    [0] ，内容一致。
   *[other] ，发布后改了 { $count } 行。
}
issue-page = 发布版  { $list }
form-list-number = 清单编号
form-seal = 校验和
pack-exists = { $file } 已经有了，不覆盖；换个名字。
pack-none = { $file } 不是审核资料包：里面没有 SHA256SUMS。
pack-written = 审核资料包 { $count } 个文件：{ $file }
pack-lost = 附件的内容不在了或被改过，资料包里没有：{ $file }
pack-unread = 读不了 { $file }：不是完整的资料包，重新取一份（{ $why }）
pack-inside = { $file } 在账簿的文件夹里；资料包放到别处。
pack-damaged = 账簿有损坏，打出来的包会缺东西；先 taizhang verify，修好再打包。
pack-not-in = （不在这个包里）
pack-only = 只含：{ $departments }
pack-empty = （没有条目）
pack-personal = 体检等个人资料也在包里，保管好。
pack-no-personal = 体检等个人资料不在包里。
pack-nothing = 那一天账簿里还什么都没有，没有可打包的。
pack-twofold = { $file } 里有两个同名的文件：有人动过，重新取一份。
pack-absent = 没有 { $file }。
pack-back = 回到目录
pack-attached = 附件
pack-scope = 只含{ $departments ->
    [none] {""}
   *[other] 部门 { $departments } 的清单、附件和证据
}{ $clauses ->
    [none] 。
   *[other] { $departments ->
    [none] {""}
   *[other] 、
}条款 { $clauses } 的证据和自查。
}修改、发布的清单是全公司的。
pack-changed = 被改过
pack-missing = 不见了
pack-besides = 多出来的
pack-checked = { $whole } 个文件完好，{ $wrong } 个对不上。
pack-title = 审核资料
pack-lists = 台账和清单
pack-changes = 期间的修改
pack-as-of = 截至 { $day }，账簿第 { $seq } 次修改
pack-readme = 从 index.html 看起：每个条款一页，列出文件、记录、自查和问题，可以点到清单和附件。
    lists 里是台账和视图（网页可打印，xlsx 是全部内容），records 里是记录单，issued 里是发布过的清单，files 里是附件，changes.html 是期间的修改。

    不用任何专门的程序就能查有没有被改过：在这个文件夹里运行

    sha256sum -c SHA256SUMS

    （macOS：shasum -a 256 -c SHA256SUMS；Windows：用 certutil -hashfile 文件 SHA256 逐个对照 SHA256SUMS 里的那一行）。
    每个文件都应当是 OK；SHA256SUMS 里没有的文件是后来放进来的。
pack-where = 审核资料包写到哪里？（.zip，或一个新文件夹；~ 是您自己的文件夹）
import-which-choice = 这个格子是哪一项（这一列里同样的字都照此）
