# Files of other programs, in and out.
workbook-refused = 系统不让读：{ $why }。
workbook-folder = 这是一个文件夹，要一个文件。
workbook-large = 文件有 { $size } MB，最多读 { $most } MB；把要导入的工作表另存为一个文件再试。
workbook-unpacks = 文件解开后超过 { $most } MB，不读；把要导入的工作表另存为 CSV 再试。
workbook-cells = 表里的单元格太多（最多 { $most } 个），不读；删去表格以外的行列再存一次，或另存为 CSV。
workbook-encrypted = 文件有密码；在 Excel 里打开，去掉密码另存再试。
workbook-other = 这其实是 { $kind } 文件，不是表格；用 Excel 或 WPS 打开，另存为 xlsx 再试。
workbook-broken = 文件坏了或不完整（{ $why }）；用 Excel 或 WPS 打开另存一次，或重新拷贝。
workbook-encoding = 文字的编码认不出来（认得 UTF-8、GB18030、GBK、UTF-16）；另存为 UTF-8 的 CSV 再试。
workbook-json = JSON 第 { $line } 行读不了：要一组对象，或每行一个对象。
workbook-empty = 文件是空的。
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
}表头（名称那一列要有标题）；用 --register 说是哪个台账，--sheet 说是哪张表。
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
import-share = { $method }：{ $of ->
    [0] 能算 { $worked } 行，表里没有写结果
   *[other] { $of } 行里 { $agree } 行与表里一致
}
import-learned = 级别「{ $word }」当作 { $level }（按多数行）
import-counts = 新增 { $new }，修改 { $changed }，相同 { $same }，不取 { $left }。
import-makes = 另建 { $register }：{ $title }
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
import-keep-undecided = 待定
import-keep-stated = 照原表
import-keep-computed = 按算出的
import-keep-open = 先空着
import-undecided = { $count } 行的评价与表里写的不一致，还没有定：--verdicts stated（照原表，注明）、computed（按算出的）或 open（先空着）。什么都没有写。
import-nothing-new = 账簿里已经都有了，什么都没有写。
import-why = 导入 { $name }
import-done = 已导入，第 { $seq } 次修改：{ $count } 条。undo 可以整个撤销。
import-twice = 第 { $line } 行 { $title }：和前面的一行是同一条，不取
