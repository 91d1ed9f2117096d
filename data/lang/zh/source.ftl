# source
source-problem = { $place }：{ $what }
source-unknown-key = 没有「{ $said }」这一项{ $nearest ->
    [none] ，可用的有：{ $known }。
   *[other] ，是「{ $nearest }」吗？
}
source-missing-key = 缺少「{ $key }」这一项，请补上。
source-toml = 不是正确的 TOML：{ $said }
