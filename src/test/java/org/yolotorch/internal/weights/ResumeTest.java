// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.YoloException;
import org.yolotorch.internal.WebFile;
import org.yolotorch.support.WeightServer;

/** Downloads that break, and go on or start over. */
class ResumeTest extends DownloadCase {
  @ParameterizedTest
  @CsvSource({"'ETag: \"a\"', '\"a\"'", "'Last-Modified: Mon, 30 Sep 2024', 'Mon, 30 Sep 2024'"})
  void cutConnectionIsGoneOnWith(String header, String validator) throws IOException {
    server.answers(
        WeightServer.cut(BYTES, 70_000, header), WeightServer.file(BYTES, "ETag: W/\"w\"", header));
    download();
    assertFetched(BYTES);
    assertEquals("bytes=70000-", requested(1, "range"));
    assertEquals(validator, requested(1, "if-range"));
    assertEquals(
        "The connection to 127.0.0.1 broke (70000 of "
            + BYTES.length
            + " bytes came); trying again.",
        heard.events.get(1));
    assertEquals(3, heard.events.size());
  }

  @Test
  void laterCallGoesOnToo() throws IOException {
    server.answers(WeightServer.cut(BYTES, 1_000, TAG));
    assertTrue(
        failure(YoloException.DownloadFailed.class).contains("the connection broke 3 times"));
    assertEquals(Download.ATTEMPTS, server.requests().size());
    assertEquals(List.of(NAME + ".lock", NAME + ".part", NAME + ".part.tag"), left());
    server.requests().clear();
    server.answers(WeightServer.file(BYTES, TAG));
    download();
    assertFetched(BYTES);
    assertEquals("bytes=3000-", requested(0, "range"));
    assertTrue(heard.events.contains("started /weights/yolo11n.pt 3000/" + BYTES.length));
  }

  @Test
  void partOfAnotherMirrorIsNotGoneOnWith() throws IOException {
    server.answers(WeightServer.cut(zip(2), 1_000, TAG));
    failure(YoloException.DownloadFailed.class);
    try (WeightServer other = new WeightServer()) {
      other.answers(WeightServer.file(BYTES, TAG));
      WeightFiles.download(NAME, heard, places(folder, other.address()));
      assertNull(other.requests().get(0).headers().get("range"));
    }
    assertFetched(BYTES);
  }

  @Test
  void fileThatChangedMeanwhileStartsOver() throws IOException {
    server.answers(WeightServer.cut(zip(2), 70_000, TAG), WeightServer.file(BYTES, "ETag: \"b\""));
    download();
    assertFetched(BYTES);
    assertEquals("bytes=70000-", requested(1, "range"));
  }

  @Test
  void serverThatIgnoresTheConditionStartsOver() throws IOException {
    byte[] rest = Arrays.copyOfRange(BYTES, 70_000, BYTES.length);
    String range = "Content-Range: bytes 70000-" + (BYTES.length - 1) + "/" + BYTES.length;
    server.answers(
        WeightServer.cut(zip(2), 70_000, TAG),
        WeightServer.text("206 Partial Content", rest, range, "ETag: \"b\""),
        WeightServer.file(BYTES, "ETag: \"b\""));
    download();
    assertFetched(BYTES);
    assertNull(requested(2, "range"));
  }

  @ParameterizedTest
  @CsvSource({
    "206 Partial Content, Content-Range: bytes 0-3/4",
    "206 Partial Content, Content-Range: bytes 70000-80000/*",
    "206 Partial Content, X-None: 1",
    "416 Range Not Satisfiable, Content-Range: bytes */4"
  })
  void wrongRangeStartsOver(String status, String range) throws IOException {
    server.answers(
        WeightServer.cut(BYTES, 70_000, TAG),
        WeightServer.text(status, new byte[4], range, TAG),
        WeightServer.file(BYTES, TAG));
    download();
    assertFetched(BYTES);
    assertNull(requested(2, "range"));
  }

  @Test
  void serverWithoutRangesStartsOver() throws IOException {
    server.answers(WeightServer.cut(BYTES, 70_000, TAG), WeightServer.text("200 OK", BYTES, TAG));
    download();
    assertFetched(BYTES);
    assertEquals("bytes=70000-", requested(1, "range"));
  }

  @Test
  void serverWithoutValidatorsIsAskedForAll() throws IOException {
    server.answers(WeightServer.cut(BYTES, 70_000, "ETag: W/\"weak\""), WeightServer.file(BYTES));
    download();
    assertFetched(BYTES);
    assertNull(requested(1, "range"));
  }

  @Test
  void silenceIsACutConnection() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    server.answers(
        (request, out) -> {
          WeightServer.head(out, "200 OK", BYTES.length, TAG);
          out.write(BYTES, 0, 70_000);
          end.await();
        },
        WeightServer.file(BYTES, TAG));
    WeightPlaces places = places(folder, server.address());
    new Download(places, NAME, heard, new WebFile.Patience(10_000, 1_000, 10, Duration.ofHours(1)))
        .get();
    end.countDown();
    assertFetched(BYTES);
    assertEquals("bytes=70000-", requested(1, "range"));
    assertTrue(heard.events.get(1).contains("broke (timed out)"), heard.events.toString());
  }

  @Test
  void interruptionStopsAndLeavesThePart() throws IOException {
    server.answers(WeightServer.cut(BYTES, 70_000, TAG), WeightServer.file(BYTES, TAG));
    Thread.currentThread().interrupt();
    String message = failure(YoloException.DownloadFailed.class);
    assertTrue(Thread.interrupted());
    assertTrue(message.contains("the thread was interrupted"), message);
    download();
    assertFetched(BYTES);
  }

  @Test
  void serverThatIsBusyIsAskedAgain() throws IOException {
    server.answers(
        WeightServer.text("503 Service Unavailable", new byte[0]), WeightServer.file(BYTES));
    download();
    assertFetched(BYTES);
    assertTrue(heard.events.get(0).contains("503 Service Unavailable"), heard.events.toString());
  }

  @Test
  void wrongSizeIsRefused() throws IOException {
    WeightServer.Answer longer =
        (request, out) -> {
          WeightServer.head(out, "200 OK", BYTES.length + 1);
          out.write(BYTES);
        };
    server.answers(longer);
    String message = failure(YoloException.DownloadFailed.class);
    assertTrue(
        message.contains(BYTES.length + " of " + (BYTES.length + 1) + " bytes came"), message);
    assertFalse(Files.exists(cache().resolve(NAME)));
    assertFalse(Files.exists(cache().resolve(NAME + ".sha256")));
  }
}
