# An audit from the auditor's side, and its record.
audit-notes = 现场记录
audit-no-clause = 没写条款的
audit-counts = 记 { $notes }，证据 { $pieces }，自查 { $holes }
audit-clause-unknown = 条款表里没有这一条
audit-none-here = { $serial } 不是审核，台账「审核」里的才是。
audit-bad-clause = 「{ $said }」不是条款号，写成 8.2；这次审核的有：{ $known }。
audit-not-audited = 这次审核的是 { $names }，没有「{ $department }」；要审它，先加进审核的部门。
audit-clause-besides = 这次审核没有列条款 { $clause }（列的是 { $known }），已另记在它名下。
audit-note-empty = 记一条要有内容。
audit-no-kind = 没有「{ $said }」这种记录{ $nearest ->
    [none] {""}
   *[other] （是「{ $nearest }」吗？）
}，有：{ $known }。
record-organisation = 组织
record-as-of = 资料截至
record-standards = 条款前的 E 是 ISO 14001，S 是 ISO 45001。
record-documents = 现行文件
record-count = { $count } 条
record-count-of = 受审部门 { $count } 条，全部 { $all } 条
record-whole = 公司级，{ $count } 条
record-observed = 观察项和不符合
record-not-filled = 没有填
record-entries = { $words }（{ $entries }）
record-later = 资料是 { $today } 的；要审核最后一天的样子，加 --as-of { $last }。
audit-none-now = 今天没有在进行的审核；在台账「审核」里按 a 新增一次，或光标移到一次审核上。
audit-new = 今天没有在进行的审核：填一次新的，存了再按这个键。
audit-raise-kind = 光标移到一条记录上再建不符合：{ $kinds }。
audit-note-new = 审核记录
audit-note-turn = 按数字定种类，上下键换条款
audit-note-turn-both = 按数字定种类，上下键换条款，Tab 换部门
audit-note-entries = Tab 选条目；内容里写到的编号也算
plain-keep-as = 存成文件（.md 或 .txt）：
plain-kept = 已写到 { $path }
plain-there = { $path } 已经有了，换个名字。
plain-not-kept = 写不了 { $path }：{ $why }
