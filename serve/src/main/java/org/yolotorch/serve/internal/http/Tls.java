// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.yolotorch.YoloException;

/** Certificates and keys in PEM. */
public final class Tls {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private Tls() {}

  /**
   * What a server shows its clients.
   *
   * @param certificates its certificate and those that lead to its root
   * @param key private key of the first, PKCS #8 without a password
   * @throws YoloException.InvalidArgument if one of the files cannot be used
   */
  public static SslContextFactory.Server server(Path certificates, Path key) {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes("tls_cert", certificates)));
      if (chain.isEmpty()) {
        throw new GeneralSecurityException("it holds none");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey(key), new char[0], chain.toArray(new Certificate[0]));
      SslContextFactory.Server server = new SslContextFactory.Server();
      server.setKeyStore(store);
      server.setKeyStorePassword("");
      return server;
    } catch (GeneralSecurityException | IOException e) {
      throw new YoloException.InvalidArgument(
          "tls_cert must be certificates in PEM, but '"
              + certificates
              + "' cannot be used ("
              + e.getMessage()
              + "); check the file.");
    }
  }

  private static byte[] bytes(String setting, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new YoloException.InvalidArgument(
          setting + " must be a file that can be read, but '" + file + "' cannot; check the path.");
    }
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
    String text = new String(bytes("tls_key", file), StandardCharsets.US_ASCII);
    Matcher matcher = KEY.matcher(text);
    if (!matcher.find() || !matcher.group(1).isEmpty()) {
      throw new YoloException.InvalidArgument(
          "tls_key must be a private key as PKCS #8 in PEM without a password, but '"
              + file
              + "' is none; 'openssl pkcs8 -topk8 -nodes' makes one.");
    }
    PKCS8EncodedKeySpec spec = spec(matcher.group(2), file);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Of another algorithm.
      }
    }
    throw damaged(file);
  }

  private static PKCS8EncodedKeySpec spec(String base64, Path file) {
    try {
      return new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw damaged(file);
    }
  }

  private static YoloException damaged(Path file) {
    return new YoloException.InvalidArgument(
        "tls_key must be a key of RSA, EC or EdDSA, but '" + file + "' is none of them.");
  }
}
