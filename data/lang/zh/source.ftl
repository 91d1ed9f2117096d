# What can be wrong in any file that people write.
source-problem = { $place }：{ $what }
source-unknown-key = 没有「{ $said }」这一项{ $nearest ->
    [none] ，可用的有：{ $known }。
   *[other] ，是「{ $nearest }」吗？
}
source-missing-key = 缺少「{ $key }」这一项，请补上。
source-key-twice = 「{ $said }」这一项已经写过，去掉一处。
source-unquoted = 「{ $said }」要加英文引号，如 "{ $said }"；只有数、true 和 false 不加。
source-truth = true 和 false 要小写。
source-wide = 「{ $said }」是全角符号，换成半角的 { $narrow }。
source-no-value = 这里缺了等号或值；一行写一项，如 order = 1。
source-extra = 这里多写了东西；一行只写一项，多的去掉或另起一行。
source-no-key = 这里缺名字和等号；一行写一项，如 order = 1，多余的去掉。
source-stray-bracket = 多了一个右括号，去掉它。
source-open-bracket = 前面的括号到这里还没有合上，补上。
source-no-comma = 这里缺逗号或右括号，补上；也看看前面的引号合上没有。
source-extra-comma = 多了一个逗号，去掉它。
source-escape = 文字里的反斜杠要写两个；原样的文字也可以用单引号括起来。
source-bad-key = 等号左边的名字只能用英文字母、数字、- 和 _，改一下。
source-open-text = 引号没有合上，在这里补上。
source-lone-return = 换行符不对；请用普通文本编辑器重新保存。
source-too-deep = 括号套得太深了，少套几层。
source-bad-number = 数写得不对；写成 12 或 0.5，要当文字就加引号。
source-toml = 「{ $said }」写得不对；一行写一项，如 name = "文字"，文字加英文引号。
source-invisible = 这里有看不见的字符 { $code }，删掉它。
source-wrong-value = 「{ $said }」写在这里不对，这一项要写：{ $wanted }。
source-bad-value = 「{ $said }」写在这里不对，请对照程序自带的同类文件改。
source-single-bracket = { $said } 要写成一组，用双方括号，如 [[fields]]。
source-wants-text = 英文引号里的文字，如 "文字"
source-wants-yes = true 或 false，不加引号
source-wants-whole = 从 0 到 { $most } 的整数，不加引号
source-wants-number = 数，如 12 或 "0.5"
source-wants-list = 方括号里的列表，如 ["甲", "乙"]
source-wants-label = 中英文名称，如 {"{"} zh = "名称", en = "name" {"}"}
source-wants-group = 花括号里的一组，如 {"{"} 项 = 值 {"}"}
source-bad-id = 「{ $said }」不能作代号；用小写字母开头的小写字母、数字和 -。
source-bad-code = 「{ $said }」不能作代码；用字母或数字开头，里面可以有 - _ 和点，不能有空格和逗号。
source-blank = 这里是空的，请写上。
source-twice = 「{ $said }」出现了两次，去掉一个。
source-not-utf8 = 从这里起不是 UTF-8 文字；请用编辑器另存为 UTF-8。
source-too-large = 文件超过 1 MB，不像是定义文件；请删去多余的内容，或移走它。
