//! Every page of accounts, drawn from its sample in both languages.

use std::any::Any;
use std::sync::Arc;

use askama::Template;

use super::{code, join, looks, me, password, recovery, second_factor, sign_in};
use crate::ctx::Values;
use crate::texts::Texts;

const LANGUAGES: [&str; 2] = ["id", "en"];

fn values(language: &str) -> Values {
    let texts = Texts::load(crate::house().texts.iter().copied()).unwrap();
    Values::from([
        ("texts", Box::new(Arc::clone(&texts[language])) as Box<dyn Any>),
        ("city", Box::new("semarang".to_owned())),
        ("key", Box::new("k".to_owned())),
    ])
}

fn drawn(page: &impl Template) {
    for language in LANGUAGES {
        let html = page.render_with_values(&values(language)).unwrap();
        let shown = html.replace("/account-", "");
        for area in ["account-", "shell-", "role-", "organisation-kind-", "personal-"] {
            let bare = [">", " ", "\""].map(|before| format!("{before}{area}"));
            let missing = bare.iter().find(|key| shown.contains(key.as_str()));
            assert!(missing.is_none(), "{language}: a text is missing: {missing:?} in {html}");
        }
    }
}

#[test]
fn every_page_is_drawn_in_both_languages_without_a_missing_text() {
    drawn(&sign_in::SignInPage::sample());
    drawn(&code::CodePage::sample());
    drawn(&join::JoinPage::sample());
    drawn(&recovery::HelpPage::sample());
    drawn(&recovery::ChoosePage::sample());
    drawn(&me::AccountPage::sample());
    drawn(&me::DetailsPage::sample());
    drawn(&password::PasswordPage::sample());
    drawn(&second_factor::SecondFactorPage::sample());
    drawn(&second_factor::CodesPage::sample());
    drawn(&looks::LooksPage::sample());
}

#[test]
fn what_people_write_stays_text() {
    let html = join::JoinPage::sample().render_with_values(&values("id")).unwrap();
    assert!(!html.contains("<script"));
    assert!(html.contains("value=\"Siti Rekaan\""), "{html}");
}
