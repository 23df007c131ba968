// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.Weights;
import org.yolotorch.YoloException;
import org.yolotorch.internal.WebFile;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.WeightServer;

/** Downloads from a server on this machine. */
class DownloadTest extends DownloadCase {
  @Test
  void fetchesOnceAndChecksFromThenOn() throws IOException {
    server.answers(WeightServer.file(BYTES, TAG));
    WeightPlaces places = places(folder, server.address());
    assertEquals(cache().resolve(NAME), WeightFiles.download(NAME, heard, places));
    assertFetched(BYTES);
    assertEquals(
        List.of("started /weights/yolo11n.pt 0/" + BYTES.length, "finished yolo11n.pt"),
        heard.events);
    assertEquals(BYTES.length, heard.last);
    assertNull(requested(0, "range"));
    assertEquals(cache().resolve(NAME), download());
    assertEquals(1, server.requests().size());

    // What sha256sum itself says of an empty file.
    Path empty = Files.createFile(folder.resolve("empty"));
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Sha256.of(empty));
  }

  @Test
  void sizeNeedNotBeTold() throws IOException {
    WeightServer.Answer unsized =
        (request, out) -> {
          WeightServer.head(out, "200 OK", -1);
          out.write(BYTES);
        };
    server.answers(unsized);
    download();
    assertFetched(BYTES);
    assertEquals("started /weights/yolo11n.pt 0/-1", heard.events.get(0));
  }

  @Test
  void whatIsNoWeightsIsRefused() throws IOException {
    byte[] html = "<!DOCTYPE html>\n<title>Sign in</title>".getBytes(StandardCharsets.UTF_8);
    String type = "Content-Type: text/html; charset=utf-8";
    byte[] packed = {0x1f, (byte) 0x8b, 8, 0, 0};
    byte[] endless = Arrays.copyOf(BYTES, BYTES.length - 30);
    refused("answered 404 Not Found", WeightServer.text("404 Not Found", html, type));
    refused("answered 403 Forbidden", WeightServer.text("403 Forbidden", html, type));
    refused(
        "what came is a web page (text/html; charset=utf-8, beginning with '<!DOCTYPE html>"
            + " <title>Sign in</title>')",
        WeightServer.text("200 OK", html, type));
    refused("what came is no zip file (no type", WeightServer.text("200 OK", packed));
    refused("what came is empty (no type)", WeightServer.text("200 OK", new byte[0]));
    refused("does not end like a zip file", WeightServer.text("200 OK", endless));
    refused(
        "it has 1073741825 bytes",
        (request, out) -> WeightServer.head(out, "200 OK", Download.MOST_BYTES + 1));
    refused(
        "in another language than HTTP",
        (request, out) -> out.write("SSH-2.0\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
  }

  private void refused(String part, WeightServer.Answer answer) throws IOException {
    server.requests().clear();
    server.answers(answer);
    String message = failure(YoloException.DownloadFailed.class);
    assertTrue(message.contains(part), message);
    assertTrue(message.contains(server.address() + "/yolo11n.pt"), message);
    assertEquals(1, server.requests().size(), message);
    assertEquals(List.of(NAME + ".lock"), left());
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    server.answers(
        WeightServer.text("302 Found", new byte[0], "Location: /else/where?x=1"),
        WeightServer.text("307 Temporary Redirect", new byte[0], "Location: deeper"),
        WeightServer.file(BYTES, TAG));
    download();
    assertFetched(BYTES);
    assertEquals(
        List.of("/weights/yolo11n.pt", "/else/where?x=1", "/else/deeper"),
        server.requests().stream().map(WeightServer.Request::path).toList());
  }

  @Test
  void redirectsEnd() throws IOException {
    server.answers(WeightServer.text("302 Found", new byte[0], "Location: yolo11n.pt"));
    String message = failure(YoloException.DownloadFailed.class);
    assertTrue(message.contains("it redirects more than 5 times"), message);
    assertEquals(Download.MOST_REDIRECTS + 1, server.requests().size());
    server.answers(WeightServer.text("302 Found", new byte[0], "Location: file:///etc/passwd"));
    message = failure(YoloException.DownloadFailed.class);
    assertTrue(message.contains("it redirects from http to 'file:///etc/passwd'"), message);
    server.answers(WeightServer.text("302 Found", new byte[0]));
    message = failure(YoloException.DownloadFailed.class);
    assertTrue(message.contains("it redirects from http to nowhere"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/b, https://c/d, https://c/d",
    "https://a/b, //c/d, https://c/d",
    "https://a/b, d, https://a/d",
    "http://a/b, https://c/d, https://c/d",
    "http://a/b, http://c/d, http://c/d",
    "https://a/b, http://c/d,",
    "https://a/b, HTTP://c/d,",
    "https://a/b, ftp://c/d,",
    "http://a/b, jar:http://c/d!/,",
    "http://a/b, http:///d,",
    "http://a/b, ht tp://c,"
  })
  void redirectsLeadOnlyToTheWebAndNeverBackToHttp(String from, String location, String to)
      throws Exception {
    if (to == null) {
      assertThrows(WebFile.BadRedirect.class, () -> WebFile.redirect(URI.create(from), location));
    } else {
      assertEquals(URI.create(to), WebFile.redirect(URI.create(from), location));
    }
  }

  @Test
  void offlineSaysWhichFileToPutWhere() throws IOException {
    server.close();
    String message = failure(YoloException.DownloadFailed.class);
    assertEquals(
        "No sound 'yolo11n.pt' lies in the working folder or '"
            + cache()
            + "', and fetching it from "
            + server.address()
            + "/yolo11n.pt failed: 127.0.0.1 cannot be reached (Connection refused); put the file"
            + " into one of these folders, or see to the connection and try again.",
        message);
    YoloException error =
        assertThrows(
            YoloException.DownloadFailed.class,
            () -> WeightFiles.download(NAME, heard, places(folder, "http://nowhere.invalid/")));
    assertTrue(
        error.getMessage().contains("nowhere.invalid cannot be reached (unknown host)"),
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"cut short", "changed", "no sum"})
  void damagedCacheIsFetchedAnew(String damage) throws IOException {
    server.answers(WeightServer.file(BYTES, TAG));
    Path file = download();
    if (damage.equals("cut short")) {
      Files.write(file, Arrays.copyOf(BYTES, 1_000));
    } else if (damage.equals("changed")) {
      byte[] changed = BYTES.clone();
      changed[1_000] ^= 1;
      Files.write(file, changed);
    } else {
      Files.writeString(cache().resolve(NAME + ".sha256"), "");
    }
    WeightPlaces places = places(folder, server.address());
    assertThrows(YoloException.CorruptModel.class, () -> WeightFiles.find(NAME, places));
    heard.events.clear();
    download();
    assertFetched(BYTES);
    assertTrue(heard.events.get(0).contains("no longer as it was fetched"), heard.events.get(0));
    assertEquals(3, heard.events.size());
    assertEquals(file, WeightFiles.find(NAME, places).orElseThrow());
  }

  @Test
  void unwritableCacheIsTold() throws IOException {
    server.answers(WeightServer.file(BYTES, TAG));
    // A file where a folder should be stops even the superuser.
    Files.createFile(folder.resolve("yolotorch"));
    String message = failure(YoloException.WriteFailed.class);
    assertTrue(message.contains("folder '" + cache() + "'"), message);
    assertTrue(message.contains("XDG_CACHE_HOME"), message);
    assertTrue(message.contains("a folder that YOLOTORCH_WEIGHTS names"), message);
    Files.delete(folder.resolve("yolotorch"));
    Files.createDirectories(cache().resolve(NAME + ".part/x"));
    String blocked = failure(YoloException.WriteFailed.class);
    assertTrue(blocked.contains("folder '" + cache() + "'"), blocked);
    for (String text : new String[] {message, blocked}) {
      assertFalse(text.contains(".part") || text.contains("Exception"), text);
    }
  }

  @Test
  void threadsFetchOnce() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    WeightServer.Answer file = WeightServer.file(BYTES, TAG);
    server.answers(
        (request, out) -> {
          both.await();
          file.write(request, out);
        });
    List<FutureTask<Path>> tasks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      WeightPlaces places = places(folder, server.address());
      FutureTask<Path> task =
          new FutureTask<>(
              () -> {
                both.countDown();
                return WeightFiles.download(NAME, new Weights.Listener() {}, places);
              });
      tasks.add(task);
      new Thread(task).start();
    }
    for (FutureTask<Path> task : tasks) {
      assertEquals(cache().resolve(NAME), task.get());
    }
    assertFetched(BYTES);
    assertEquals(1, server.requests().size());
  }

  @Test
  void processesFetchOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    WeightServer.Answer file = WeightServer.file(BYTES, TAG);
    server.answers(
        (request, out) -> {
          asked.countDown();
          release.await();
          file.write(request, out);
        });
    Process first = ChildJvm.start(List.of(), Child.class, folder, server.address());
    asked.await();
    Process second = ChildJvm.start(List.of(), Child.class, folder, server.address());
    try (BufferedReader printed = second.inputReader()) {
      assertEquals("Another process is fetching 'yolo11n.pt'; waiting for it.", printed.readLine());
      release.countDown();
      assertEquals(cache().resolve(NAME).toString(), printed.readLine());
    }
    assertEquals(0, first.waitFor());
    assertEquals(0, second.waitFor());
    assertFetched(BYTES);
    assertEquals(1, server.requests().size());
  }

  /** Downloads in a process of its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      Weights.Listener printing =
          new Weights.Listener() {
            @Override
            public void note(String sentence) {
              System.out.println(sentence);
            }
          };
      System.out.println(WeightFiles.download(NAME, printing, places(Path.of(args[0]), args[1])));
    }
  }
}
