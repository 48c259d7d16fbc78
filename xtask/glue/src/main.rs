//! `glue MODULE FOLDER`: writes `core_bg.wasm`, and `core.js` as its glue, as `wasm-bindgen --target web` does.

use std::env;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let [module, folder] = arguments.as_slice() else { bail!("usage: glue MODULE FOLDER") };
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.input_path(module).out_name("core").typescript(true).omit_default_module_path(false);
    bindgen.generate(folder)
}
