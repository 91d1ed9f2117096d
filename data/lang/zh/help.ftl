# Help.
help-title = 按键和说明
scope-what-everywhere = 在每个屏幕上
scope-what-welcome = 第一次打开
scope-what-home = 首页：要办的事、台账、最近修改。
scope-what-table = 台账：数字是第几行或几次，! 是重要，- 是未评，行前的 ? 是待复核。
scope-what-page = 一页内容：Enter 打开光标下的关联。
scope-what-pick = 列表：打字缩小，可用拼音。
scope-what-line = 一个问题：答完按 Enter。
scope-what-filter = 筛选：键入时就筛。
scope-what-form = 表单：* 必填，可以以后再填。小表一行一条，格子用 | 分开。
scope-what-evaluate = 评价：数字选取值；取值不是 1..n 时用字母。
scope-what-review = 复评：Enter 维持，数字或左右键改取值，上下键换因子；结论变了要写原因。
scope-what-closing = 结束复评：逐项回答有没有新的，全部答完按 F2。
scope-what-matrix = 一张表：方向键到一个数上，Enter 打开它数的。
help-filter = 筛选：几个字就找几个字，拼音和首字母也行（hz、huozai 找到火灾）。
help-filter-words = 状态:正常 部门:技术部 分值>=15 -类别:资源 表示：这一列含有、大于等于、不要；条件用空格隔开是并且，| 是或者，可加括号。
help-filter-more = 复评日期<30d 是 30 天内到期；影响:- 是没填，影响:* 是填了；预案.演练.日期>2021-05-13 顺着关联找。
help-major = 这里的重大危险源指不可接受的职业健康安全风险，不是法律上的危险化学品重大危险源。
help-saved = 每次保存都先落盘再确认；没存的表单留草稿，断线后重新打开那一条就接着填。
scope-what-rules = 评价方法：Enter 看全文和按旧版评价的条目，a 试一个新版文件，v 一起重评。
scope-what-due = 要办的事：逾期的在前，再按月。左右看近看远，/ 只看一个人或一个部门，d 填办完的日期。
scope-what-import = 导入一张表：Tab 换一步，Enter 改光标所在的一项；F2 以前什么都不写。
scope-what-files = 条目的附件：a 附上，Enter 复制出来。
