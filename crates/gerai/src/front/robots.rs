//! What search engines are told: which pages are nobody's but their readers', and where the map of the rest is.

use axum::http::header;
use axum::response::IntoResponse;
use web::{Access, Answer, Ctx, Routes};

/// Pages of carts, orders, accounts and desks: nothing that anybody looks for.
const NOT_FOR_MACHINES: [&str; 6] =
    ["/account", "/api/", "/market/cart", "/market/checkout", "/market/orders/", "/sign-in"];

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/robots.txt", show, Access::Anyone).raw()
}

async fn show(ctx: Ctx) -> Answer {
    let city = ctx.city();
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok(([kind], told(city.demo, &city.base_url)).into_response())
}

fn told(demo: bool, base_url: &str) -> String {
    if demo {
        // Nothing in a demo is true.
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let barred = NOT_FOR_MACHINES.map(|path| format!("Disallow: {path}\n")).concat();
    format!("User-agent: *\n{barred}Sitemap: {base_url}/catalog/sitemap.xml\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_shows_its_map_and_a_demo_nothing() {
        let city = told(false, "https://gerai.example.go.id");
        assert!(city.contains("\nDisallow: /market/orders/\n"));
        assert!(city.ends_with("Sitemap: https://gerai.example.go.id/catalog/sitemap.xml\n"));
        assert!(!told(true, "https://gerai.example.go.id").contains("Sitemap"));
    }
}
