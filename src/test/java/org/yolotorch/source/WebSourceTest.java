// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.YoloException;
import org.yolotorch.render.Clips;
import org.yolotorch.support.WeightServer;

class WebSourceTest {
  private static final SourceOptions PRIVATE = SourceOptions.builder().allowPrivate(true).build();

  @TempDir Path folder;
  private WeightServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WeightServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(Clips.picture(0, 32, 16), "png", out);
    return out.toByteArray();
  }

  private static int frames(String address) {
    int count = 0;
    try (Source source = Sources.open(address, PRIVATE)) {
      for (Frame frame : source) {
        assertEquals(address, frame.name());
        assertTrue(frame.file().isEmpty());
        frame.read();
        count++;
      }
    }
    return count;
  }

  private static String failure(String address, SourceOptions options) {
    try (Source source = Sources.open(address, options)) {
      Frame frame = source.iterator().next();
      String text = assertThrows(YoloException.DownloadFailed.class, frame::read).getMessage();
      assertTrue(text.contains(address) && text.endsWith("."), text);
      return text;
    }
  }

  private void failsWith(String part, WeightServer.Answer... answers) {
    server.answers(answers);
    String text = failure(server.address(), PRIVATE);
    assertTrue(text.contains(part), text);
  }

  private static WeightServer.Answer redirect(String to) {
    return WeightServer.text("302 Found", new byte[0], "Location: " + to);
  }

  @Test
  void picturesAndVideosAreFetched() throws IOException {
    server.answers(WeightServer.file(png(), "Content-Type: image/png"));
    assertEquals(1, frames(server.address() + "/a.png?x=1"));
    Path clip = Clips.clip(folder.resolve("clip.mp4"), 4, 64, 64, 25);
    server.answers(WeightServer.file(Files.readAllBytes(clip)));
    assertEquals(4, frames(server.address()));
  }

  @Test
  void badAnswersAreTold() throws IOException {
    byte[] html = "<!doctype html><title>Log in</title>".getBytes(StandardCharsets.UTF_8);
    failsWith("is a web page", WeightServer.text("200 OK", html, "Content-Type: text/html"));
    failsWith("is a web page", WeightServer.text("200 OK", html, "Content-Type: image/jpeg"));
    failsWith("404 Not Found", WeightServer.text("404 Not Found", html));
    failsWith("is empty", WeightServer.text("200 OK", new byte[0]));
    failsWith("bytes came", WeightServer.cut(png(), 20));
    failsWith(
        "10737418240 bytes",
        (request, out) ->
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n".getBytes()));
    byte[] noise = new byte[1 << 16];
    failsWith(
        "it has more, and 64 MiB",
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes());
          for (int i = 0; i < 2_000; i++) {
            out.write(noise);
          }
        });
    server.answers(WeightServer.file("text".getBytes()));
    try (Source source = Sources.open(server.address(), PRIVATE)) {
      Frame frame = source.iterator().next();
      YoloException error = assertThrows(YoloException.InvalidImage.class, frame::read);
      assertTrue(error.getMessage().contains(server.address()), error.getMessage());
    }
  }

  @Test
  void redirectsAreFewAndStayOnTheWeb() throws IOException {
    String here = server.address();
    server.answers(redirect(here), redirect(here), redirect(here), WeightServer.file(png()));
    assertEquals(1, frames(here));
    failsWith("more than 3 times", redirect(here));
    failsWith("redirects from http to", redirect("file:///etc/passwd"));
  }

  @Test
  void privatePlacesAreRefusedUnlessAllowed() {
    String text = failure(server.address(), SourceOptions.defaults());
    assertTrue(text.contains("no address of the public internet"), text);
    assertTrue(text.contains("allow_private=True"), text);
    assertTrue(server.requests().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "[::]"
      })
  void noPrivateAddressIsAskedFor(String host) {
    String text = failure("http://" + host + ":1/a.jpg", SourceOptions.defaults());
    assertTrue(text.contains("public internet") || text.contains("unknown host"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "http:///a.jpg", "https://a b/c.jpg", "http://[::1/a.jpg"})
  void whatIsNoAddressIsTold(String name) {
    assertThrows(YoloException.NotFound.class, () -> Sources.open(name));
  }
}
