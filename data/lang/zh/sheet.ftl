# 检查：按检查表做一张。
sheet = 检查
sheet-item = 检查项
sheet-before = 上次
sheet-now = 这次
sheet-empty = 这张检查表没有检查项，也没有本部门的重要环境因素和重大危险源。
sheet-this-month = 这个月已经做过一张：{ $serial }，{ $on }。
sheet-open = 还有 { $count } 项没有结果；A 其余都合格。
sheet-passed-rest = { $count } 项记为合格，F2 存。
sheet-no-problem = 不合格的要写问题。
sheet-ask-problem = 问题：{ $item }
sheet-ask-assessment = 考核结果
sheet-assessed = { $count ->
    [0] 合格
   *[other] { $count } 项要整改
}
sheet-last-problem = 上次 { $sheet }：{ $problem }
scope-what-sheet = 按检查表做一次检查：数字定结果，不合格的写问题，A 其余都合格，F2 存。
action-pass-rest = 其余都合格
hint-pass-rest = 其余合格
sheet-number-head = 项
sheet-of = 针对
sheet-none = { $serial } 不是检查表，做不出检查。
sheet-day = 「{ $said }」不是今天或以前的某一天。
sheet-number = 「{ $said }」：要写 1 到 { $count } 的项号，不合格写成 3=问题。
sheet-open-cli = 还有 { $count } 项没有结果；--pass-rest 其余都合格。
command-sheet = 检查表的检查项和上次结果；给了结果就记成一次检查
option-fail = 这一项不合格，问题是
option-none = 这一项不适用
option-pass-rest = 其余都合格
option-assessment = 考核结果
option-sheet-on = 检查日期，不写是今天
