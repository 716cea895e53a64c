//! Which index: the one that is named, else the one that is near.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use abs_schema::IndexFolder;
use anyhow::Context;
use etcetera::BaseStrategy;

/// Names the index for a whole session.
pub(crate) const VARIABLE: &str = "ABS_SEARCH_INDEX";
/// Where the records that ship are, in a checkout.
pub(crate) const SEEDS: &str = "seeds";
const CHECKOUT_INDEX: &str = "index";

/// Where the index is, or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its folder.
    pub(crate) path: PathBuf,
    /// It is a checkout's own and `seeds/` is beside it: it may be built
    /// without being asked for.
    pub(crate) has_seeds: bool,
}

/// Finds the place: `--index`, else the variable, else `./index` where a seeds
/// folder or an index is there, else the user's data folder.
pub(crate) fn locate(named: Option<&Path>) -> anyhow::Result<Place> {
    let here = env::current_dir().context("cannot look for an index in this folder")?;
    let named = named
        .map(Path::to_owned)
        .or_else(|| variable(env::var_os(VARIABLE)));
    locate_from(&here, named, user_folder)
}

fn variable(value: Option<OsString>) -> Option<PathBuf> {
    value.filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn locate_from(
    here: &Path,
    named: Option<PathBuf>,
    user_folder: impl FnOnce() -> anyhow::Result<PathBuf>,
) -> anyhow::Result<Place> {
    let has_seeds = here.join(SEEDS).is_dir();
    let of_checkout = here.join(CHECKOUT_INDEX);
    if let Some(path) = named {
        return Ok(Place {
            has_seeds: has_seeds && here.join(&path) == of_checkout,
            path,
        });
    }
    if has_seeds || IndexFolder::exists(&of_checkout) {
        return Ok(Place {
            // As short as it is typed: messages name it.
            path: PathBuf::from(CHECKOUT_INDEX),
            has_seeds,
        });
    }
    Ok(Place {
        path: user_folder()?,
        has_seeds: false,
    })
}

fn user_folder() -> anyhow::Result<PathBuf> {
    let folders = etcetera::choose_base_strategy()
        .context("cannot find your data folder: name an index with --index DIR")?;
    Ok(folders.data_dir().join("abs-search").join("index"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[track_caller]
    fn check(here: &Path, named: Option<&str>, path: &str, has_seeds: bool) {
        let place = locate_from(here, named.map(PathBuf::from), || Ok("user".into())).unwrap();
        let path = PathBuf::from(path);
        assert_eq!(place, Place { path, has_seeds });
    }

    #[test]
    fn the_nearest_index_is_taken() {
        let here = tempfile::tempdir().unwrap();
        let here = here.path();
        check(here, None, "user", false);
        check(here, Some("mine"), "mine", false);
        fs::create_dir(here.join("index")).unwrap();
        check(here, None, "user", false);
        fs::write(here.join("index/meta.json"), "{}").unwrap();
        check(here, None, "index", false);
        fs::create_dir(here.join("seeds")).unwrap();
        check(here, None, "index", true);
        check(here, Some("./index"), "./index", true);
        check(here, Some("mine"), "mine", false);
    }

    #[test]
    fn an_empty_variable_names_nothing() {
        assert_eq!(variable(Some(OsString::new())), None);
        assert_eq!(variable(Some("x".into())), Some(PathBuf::from("x")));
    }
}
