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
command-add = 新增（--stdin 每行一个 JSON，一次修改）
command-set = 修改（列= 清空）
command-evaluate = 评价（--residual 剩余风险）
command-delete = 删除（--why 原因）
command-undo = 撤销自己的上一次修改
command-redo = 重做
command-score = 只算分，不存
command-verify = 核对修改记录和每个评价
command-completions = shell 补全
command-man = 手册页
cli-plain = { $said }
cli-no-entry = 没有条目「{ $said }」{ $nearest ->
    [none] 。用 find 找找。
   *[other] ，是「{ $nearest }」吗？
}
cli-not-a-pair = 「{ $said }」要写成 列=值。
cli-not-an-object = 第 { $line } 行不是 JSON 对象；一行一个，如 {"{"}"aspect":"..."{"}"}。什么都没有改。
cli-computed = 「{ $field }」是算出来的，不能直接改；用 evaluate。
cli-bad-field = { $field }：{ $what }
cli-sample-or-empty = --sample 和 --empty 只能要一个。
cli-unknown-command = 没有命令「{ $said }」{ $nearest ->
    [none] ；见 taizhang --help。
   *[other] ，是「{ $nearest }」吗？
}
cli-unknown-argument = 没有选项「{ $said }」{ $nearest ->
    [none] ；见 --help。
   *[other] ，是「{ $nearest }」吗？
}
cli-missing = 还缺 { $what }；见 --help。
cli-bad-value = { $argument } 不能是「{ $said }」{ $known ->
    [none] 。
   *[other] ，可以是 { $known }。
}
cli-unknown-theme = 没有主题「{ $said }」；有 { $known }。
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
verified = 核对完毕：{ $commits } 次修改，{ $entries } 条，{ $evaluations } 个评价都重算过。末次校验和 { $head }
finding-evaluation = { $serial }：存的是 { $kept }，按因子算是 { $follows }。请重新评价。
finding-no-method = { $serial }：评价方法 { $method } 已不在定义里，无法核对；请补回这个方法。
