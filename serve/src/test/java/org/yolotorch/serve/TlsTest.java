// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.YoloException;
import org.yolotorch.serve.support.Assets;

/** HTTPS with certificates and keys in PEM. */
class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path folder;

  private KeyStore pair(String algorithm) throws Exception {
    Path store = folder.resolve(algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(store)) {
      keys.load(stream, PASSWORD);
    }
    return keys;
  }

  private Path pem(String name, String kind, byte[] bytes) throws Exception {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void clientsThatTrustTheCertificateAreServed(String algorithm) throws Exception {
    KeyStore pair = pair(algorithm);
    Certificate certificate = pair.getCertificate("own");
    Key key = pair.getKey("own", PASSWORD);
    Path cert = pem("cert.pem", "CERTIFICATE", certificate.getEncoded());
    Path secret = pem("key.pem", "PRIVATE KEY", key.getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("own", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    try (YoloServer server =
        YoloServer.start(
            ServeOptions.of(
                "model=" + Assets.get("exported/yolo11n-cls.torchscript"),
                "port=0",
                "tls_cert=" + cert,
                "tls_key=" + secret))) {
      assertEquals("https", server.uri().getScheme());
      HttpResponse<String> live =
          client.send(
              HttpRequest.newBuilder(server.uri().resolve("/v2/health/live")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, live.statusCode());
      HttpResponse<String> found =
          client.send(
              HttpRequest.newBuilder(server.uri().resolve("/v2/models/yolo11n-cls/infer"))
                  .header("Content-Type", "image/jpeg")
                  .POST(HttpRequest.BodyPublishers.ofFile(Assets.get("images/bus.jpg")))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, found.statusCode(), found.body());
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    KeyStore pair = pair("EC");
    Path cert = pem("cert.pem", "CERTIFICATE", pair.getCertificate("own").getEncoded());
    byte[] bytes = pair.getKey("own", PASSWORD).getEncoded();
    Path secret = pem("key.pem", "PRIVATE KEY", bytes);
    Path encrypted = pem("enc.pem", "ENCRYPTED PRIVATE KEY", bytes);
    Path damaged = pem("bad.pem", "PRIVATE KEY", new byte[] {1, 2, 3});
    String model = "model=" + Assets.get("exported/yolo11n-cls.torchscript");
    Path[][] wrong = {
      {secret, secret}, {cert, cert}, {cert, encrypted}, {cert, damaged}, {folder, secret}
    };
    for (Path[] one : wrong) {
      ServeOptions options =
          ServeOptions.of(model, "port=0", "tls_cert=" + one[0], "tls_key=" + one[1]);
      YoloException failure =
          assertThrows(
              YoloException.InvalidArgument.class, () -> YoloServer.start(options).close());
      assertTrue(failure.getMessage().startsWith("tls_"), failure.getMessage());
    }
  }
}
