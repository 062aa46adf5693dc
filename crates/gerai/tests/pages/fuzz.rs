//! The API against its own description: every operation is asked honestly and brokenly, as a guest
//! and with each role's token. It never falls over, never hangs, answers with a status that its
//! description lists, with JSON of the described shape, or with problem details.

mod judge;
mod make;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::demo::Demo;
use crate::wire;
use judge::Judge;
use make::{Case, Chance, Harvest, Request};
use people::Caller;

/// Broken requests of each caller to each operation.
const BROKEN: usize = 3;
/// Honest rounds: what one finds, the next asks for.
const ROUNDS: usize = 2;
/// Honest tries of each caller to change something.
const TRIES: usize = 8;
const SEED: u64 = 20_261_123;
/// So many of the operations are carried out at least once, or the requests are not honest enough.
const DONE_PERCENT_MIN: usize = 40;

/// One operation of the description.
pub(crate) struct Act {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) about: Value,
}

impl Act {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn reads(&self) -> bool {
        self.method == "GET"
    }

    /// Whether its form is said to need this field.
    pub(crate) fn needs(&self, field: &str) -> bool {
        let schema = &self.about["requestBody"]["content"]["application/json"]["schema"];
        schema["required"].as_array().is_some_and(|all| all.iter().any(|name| name == field))
    }
}

/// Everything that the API did not keep to.
pub(crate) fn complaints(demo: &Demo) -> BTreeSet<String> {
    let api = wire::ask(&demo.host, "/api/openapi.json", "", None);
    let api: Value = serde_json::from_str(&api.body).unwrap();
    let acts = acts(&api);
    let mut fuzz = Fuzz {
        host: &demo.host,
        judge: Judge::new(&api, &acts),
        harvests: BTreeMap::new(),
        chance: Chance(SEED),
        wrong: BTreeSet::new(),
        done: BTreeMap::new(),
        asked: 0,
    };
    let callers = people::callers(demo);
    for _ in 0..ROUNDS {
        for act in acts.iter().filter(|act| act.reads()) {
            callers.iter().for_each(|caller| fuzz.asks(act, caller, Case::Honest));
        }
    }
    for act in &acts {
        for caller in &callers {
            for _ in 0..BROKEN {
                let case = fuzz.chance.pick(Case::of(act));
                fuzz.asks(act, caller, case);
            }
        }
    }
    for act in acts.iter().filter(|act| !act.reads()) {
        for _ in 0..TRIES {
            callers.iter().for_each(|caller| fuzz.asks(act, caller, Case::Honest));
        }
    }
    let done = fuzz.done.len() * 100 / acts.len();
    eprintln!("{} requests to {} operations, {done} % were carried out", fuzz.asked, acts.len());
    let never: Vec<String> =
        acts.iter().map(Act::name).filter(|name| !fuzz.done.contains_key(name)).collect();
    eprintln!("never carried out:\n  {}", never.join("\n  "));
    if done < DONE_PERCENT_MIN {
        fuzz.wrong.insert(format!("only {done} % of the operations were carried out"));
    }
    fuzz.wrong
}

fn acts(api: &Value) -> Vec<Act> {
    let paths = api["paths"].as_object().unwrap();
    let acts = paths.iter().flat_map(|(path, acts)| {
        acts.as_object().unwrap().iter().map(move |(method, about)| Act {
            method: method.to_uppercase(),
            path: path.clone(),
            about: about.clone(),
        })
    });
    acts.collect()
}

struct Fuzz<'d> {
    host: &'d str,
    judge: Judge,
    /// What each caller has seen.
    harvests: BTreeMap<String, Harvest>,
    chance: Chance,
    wrong: BTreeSet<String>,
    /// How often each operation was carried out.
    done: BTreeMap<String, usize>,
    asked: usize,
}

impl Fuzz<'_> {
    fn asks(&mut self, act: &Act, caller: &Caller, case: Case) {
        let harvest = self.harvests.entry(caller.role.clone()).or_default();
        let request = Request::of(act, case, &mut self.chance, harvest);
        let mut headers = vec![("Accept", "application/json")];
        if let Some(token) = &caller.bearer {
            headers.push(("Authorization", token));
        }
        headers.extend(request.headers.iter().map(|(name, value)| (*name, value.as_str())));
        self.asked += 1;
        let what = format!("{} {}", act.method, request.target);
        let answer = wire::send(self.host, &what, &headers, &request.body);
        let answer = match answer {
            Ok(answer) => answer,
            Err(_) if case == Case::Huge => return,
            Err(why) => {
                self.wrong.insert(format!("{} ({case:?}, {}): {why}", act.name(), caller.role));
                return;
            }
        };
        if (200..300).contains(&answer.status) {
            *self.done.entry(act.name()).or_default() += 1;
            if act.reads()
                && let Ok(value) = serde_json::from_str(&answer.body)
            {
                harvest.take(&act.path, &value);
            }
        }
        let mut wrong = self.judge.complaints(act, &answer);
        if let Some(needed) = request.lacks.filter(|_| (200..300).contains(&answer.status)) {
            wrong.push(format!("needs {needed} and does without"));
        }
        for what in wrong {
            let sent: String = String::from_utf8_lossy(&request.body).chars().take(200).collect();
            let here = format!("{} ({case:?}, {})", act.name(), caller.role);
            // One of a kind is enough.
            let kind = format!("{}: {what}", act.name());
            if !self.wrong.iter().any(|known| known.starts_with(&kind)) {
                self.wrong.insert(format!("{kind}\n      {here} {} {sent}", request.target));
            }
        }
    }
}
