# source
source-problem = { $place }: { $what }
source-unknown-key = there is no key "{ $said }"{ $nearest ->
    [none] ; the keys are: { $known }.
   *[other] ; did you mean "{ $nearest }"?
}
source-missing-key = the key "{ $key }" is missing; add it.
source-toml = this is not TOML: { $said }
