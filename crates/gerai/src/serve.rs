//! Serving a city until it is told to stop: then open requests are answered first.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::background::{Background, refuse_unknown_jobs};
use crate::house::House;

/// Serves one city; prints `ready URL` once it answers.
pub(crate) async fn serve(
    house: House,
    demo_logins: Option<Vec<web::DemoLogin>>,
    mut stop: watch::Receiver<bool>,
) -> Result<(), String> {
    let listen = house.config.listen;
    let listener = TcpListener::bind(listen).await;
    let listener =
        listener.map_err(|e| format!("{listen}: {e}. Choose another address with --listen."))?;
    let open = house.web(demo_logins)?;
    refuse_unknown_jobs(&house.db).await?;
    let background = Background::start(&house)?;
    say(&format!("ready http://{}", listener.local_addr().unwrap_or(listen)));
    let service = open.router.into_make_service_with_connect_info::<SocketAddr>();
    let stopped = async move {
        stop.wait_for(|stop| *stop).await.ok();
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(stopped).await;
    drop(background);
    served.map_err(|e| e.to_string())
}

/// Standard output is for people and scripts that wait for a city.
pub(crate) fn say(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).ok();
}

/// Becomes true when the operator or the system asks the program to stop.
pub(crate) fn stop_signal() -> watch::Receiver<bool> {
    let (send, receive) = watch::channel(false);
    tokio::spawn(async move {
        let terminate = async {
            let kind = tokio::signal::unix::SignalKind::terminate();
            if let Ok(mut signal) = tokio::signal::unix::signal(kind) {
                signal.recv().await;
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminate => {}
        }
        send.send(true).ok();
    });
    receive
}
