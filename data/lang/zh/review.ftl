# Review rounds.
book-bad-review-months = 复评周期「{ $said }」要在 1 到 120 个月之间。
review = 复评
review-what = 复评什么
review-resume = 接着 { $name }
review-to-go = 还有 { $pending } / { $total }
review-marked = 选中的行
review-filter = 现在的筛选：{ $filter }
review-listed-ones = 重要和重大
review-due = 复评日期到了，或 { $months } 个月没再看过
review-all = 全部
review-since = 某一天以后改过的
review-changed-since = { $day } 以后改过的
review-every-register = 各台账
review-title = { $year } 年度 { $name }，{ $list }
review-nothing = 没有符合的条目，不用复评。
review-comma = ，
review-last = 上次
review-then = 此后
review-note = 备注
review-confirmed = { $day } 维持
review-tally = 维持 { $kept }  改评 { $changed }  待议 { $aside }
review-gone = { $serial } 已经删除，不用复评。Enter 下一条
review-was-kept = 已维持
review-was-changed = 已改评
review-was-aside = 已列待议
review-was-unseen = 未逐条看，一并维持
review-elsewhere = 也在 { $round } 中等着复评
review-stopped = { $round } 停在这里，还有 { $pending } / { $total } 条。R 接着做
review-flip-on = 要列入清单
review-flip-off = 要移出清单
review-rest-wrong = 要写对条数 { $count }，空一格，再写原因。
review-answer-first = 还有没回答的：0 没有，n 写一句，a 新增一条。
review-end = 结束复评
review-else = 上次复评以来，有没有新的
review-none = 没有
review-found = 有
review-where = 新增到哪个台账
review-when = 日期
review-open = 还没结束
review-result = 结果
review-counts = 复评 { $done } / { $total }：维持 { $kept }，改评 { $changed }，待议 { $aside }{ $unseen ->
    [0] {""}
   *[other] ，未逐条看一并维持 { $unseen }
}
review-lost-count = 结果记录少了 { $count } 条（被删除，见历史）
review-gone-count = 复评前已删除 { $count }
review-pending-count = 还没看 { $count }
review-changed = 改评
review-aside = 待议
review-unseen = 一并维持
review-flipped = （结论变了）
review-list = 清单
review-listed = 现在列入 { $count } 条：新列入 { $added }，移出 { $dropped }
review-next = 下次复评
review-next-day = { $day }  { $count } 条
review-asked = 其他变化
review-left = 交 { $to }{ $until ->
    [none] {""}
   *[other] {" "}到 { $until }
}
ask-review-since = 从哪一天起改过的？如 2022-01-01、-6m
ask-review-participants = 复评「{ $name }」{ $count } 条，下次 { $next }{ $elsewhere ->
    [0] {""}
   *[other] ；其中 { $elsewhere } 条也在 { $round } 中等着
}。参加的人？
ask-review-flip = 这一条{ $what }。为什么？
ask-review-note = 备注
ask-review-aside = 为什么待议？
ask-review-aside-to = 交给谁？（可以空着）
ask-review-aside-until = 到哪一天？如 +14d、2022-06-01（可以空着）
ask-review-aside-until-again = { $what }到哪一天？
ask-review-rest = 还有 { $count } 条没看。不逐条看就一并维持，要写条数和原因，如：{ $count } 与上次完全相同
ask-review-what = 有什么新的？
review-flip-level = 级别变了
review-rest-unsaved = { $serial } 改了还没存；先到那一条存下（Enter）或退回（F4）。
residual-shown = [剩余]
review-none-again = 这一项已答「有」；再按一次 0 改成没有。
review-more = 另有 { $count } 条
review-below = 下面还有 { $count } 项
review-above = 上面还有 { $count } 项
review-stale = 待复核的
