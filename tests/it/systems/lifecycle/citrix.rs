//! Image Portability Service: POST, PUT, list, DELETE.

use serde_json::{Value, json};

use super::Life;
use crate::rules::seeds::{CITRIX_POST, CITRIX_PUT, CITRIX_PUT_WITHOUT_DOMAIN, fits, metadata, read};
use crate::support::lab::recipient;
use crate::support::samples;

#[test]
fn the_wallet_of_an_image_portability_service() {
    let life = Life::of("citrix");
    let secrets = ["password1^", "password2!"];

    // POST, and the same once more
    let added = life.send(&["add"], &read(CITRIX_POST), &secrets);
    fits(&added, &metadata("admin", "UsernamePassword"));
    life.run(&["add", "-f", "-"], CITRIX_POST).exits(5).hides("password1^");

    // one of every other type
    let others = [
        (
            "Aws",
            json!({"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE"}),
        ),
        (
            "Azure",
            json!({"tenantId": "contoso.onmicrosoft.com", "clientId": "6b1551db-b7fa-473d-a05c-43524badb11b", "clientSecret": "S-client"}),
        ),
        ("Gcp", json!({"serviceAccountKey": samples::service_account().to_string()})),
        ("Simple", json!({"value": "S-value"})),
    ];
    for (kind, mut document) in others {
        let id = format!("{}-spn", kind.to_lowercase());
        (document["id"], document["type"]) = (json!(id), json!(kind));
        fits(&life.send(&["add"], &document, &["S-", "PRIVATE KEY"]), &metadata(&id, kind));
    }

    // PUT: another password, then without the domain; incomplete or with its identity, nothing
    life.send(&["update", "admin"], &read(CITRIX_PUT), &secrets);
    assert_eq!(
        (life.field("admin", "password"), life.field("admin", "domain")),
        ("password2!".into(), "test".into())
    );
    let put = life.send(&["update", "admin"], &read(CITRIX_PUT_WITHOUT_DOMAIN), &secrets);
    fits(&put, &metadata("admin", "UsernamePassword"));
    assert_eq!(put["createdAt"], added["createdAt"]);
    life.scene.run(["get", "admin", "--field", "domain"]).exits(4);
    for (status, body) in [
        (3, json!({"username": "ips"})),
        (5, json!({"id": "root", "username": "ips", "password": "p"})),
        (5, json!({"type": "Simple", "username": "ips", "password": "p"})),
    ] {
        life.run(&["update", "admin", "-f", "-"], &body.to_string()).exits(status);
    }
    life.run(&["update", "nobody", "-f", "-"], CITRIX_PUT).exits(4);

    // GET in pages, without a secret
    let page = life.ask(&["list", "--limit", "2"]);
    let items = json!([metadata("admin", "UsernamePassword"), metadata("aws-spn", "Aws")]);
    fits(&page, &json!({"pageSize": 2, "items": items, "continuationToken": "<text>", "pollingToken": null}));
    let token = page["continuationToken"].as_str().unwrap();
    let rest = life.ask(&["list", "--limit", "10", "--continue", token]);
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["continuationToken"]), (3, &Value::Null));

    // what a job uses, it gets from a bundle
    let scene = &life.scene;
    scene.run(["ref", "add", "admin", "/jobs/export1"]).ok();
    let key = scene.recipient("job.txt");
    assert_eq!(key, recipient(&scene.path("job.txt")));
    scene.run(["environment", "add", "jobs", "--recipient", &key, "--out", "jobs.age"]).ok();
    let bundle = ["get", "admin", "--field", "password", "--vault", "jobs.age", "-i", "job.txt"];
    assert_eq!(scene.run(bundle).ok().stdout(), "password2!");

    // a mistake is taken back
    scene.run(["rollback", "admin", "--revision", "1"]).ok();
    assert_eq!(scene.run(bundle).ok().stdout(), "password1^");

    // DELETE
    life.ask(&["delete", "admin", "-y"]);
    scene.run(bundle).exits(4);
    assert!(scene.answer(["ref", "list"])["references"].as_array().unwrap().is_empty());
    life.run(&["delete", "admin", "-y"], "").exits(4);
    fits(&life.run(&["restore", "admin"], "").ok().json(), &metadata("admin", "UsernamePassword"));
}
