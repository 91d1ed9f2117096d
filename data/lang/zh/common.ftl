# Words used in every room.
yes = 是
no = 否
unscored = 未评
choice-former = { $code }（已停用）
former-field = { $field }（旧）
labelled = { $label }：{ $text }
draw-words = 写成：几条 台账 条件 #种子，如 5 hazards 部门:技术部
draw-none = 至少抽 1 条。
draw-title = 抽样 { $count } / { $population } 条  { $list }
draw-how = 种子 { $seed }，账簿第 { $commit } 次修改，{ $today }；规则 taizhang-draw-1
draw-again = 再抽一次：{ $command }
questions-no-clause = 没写条款
questions-sum = 共 { $count } 问：待答 { $open }，观察项 { $observations }，不符合 { $nonconformities }
was-until = 原：{ $text }（到 { $until }）
link-deleted = { $title }（已删除）
