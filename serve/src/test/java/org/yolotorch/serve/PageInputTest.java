// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** How pictures come to the page, and what it says of those it cannot show or send. */
class PageInputTest extends PageFixture {
  @Test
  void takesADroppedAndAPastedPicture() throws Exception {
    selectModel("yolo11n");
    String sentence = "5 objects in bus.jpg: 1 bus, 4 person.";
    assertEquals(sentence, page.told(() -> page.drop(asset("images/bus.jpg"), 600, 500)));
    String paste =
        """
        new Promise((done) => document.getElementById("canvas").toBlob((blob) => {
          const files = new DataTransfer();
          files.items.add(new File([blob], "pasted.png", { type: "image/png" }));
          document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: files }));
          done(true);
        }))""";
    assertTrue(page.told(() -> page.evaluate(paste)).contains(" in pasted.png: "));
    assertNoErrors();
  }

  @Test
  void showsTheServersSentenceOfAFailure() throws Exception {
    Path noPicture = Files.writeString(folder.resolve("letter.png"), "Dear server, hello.");
    assertEquals("No answer about letter.png.", choose(noPicture));
    assertTrue(
        page.text("#problem").startsWith("A JPEG, PNG, BMP, TIFF, GIF or WebP picture was"),
        page.text("#problem"));
    assertTrue(page.evaluate("document.getElementById('answer').hidden").asBoolean());
    assertTrue(page.evaluate("document.getElementById('access').hidden").asBoolean());
    // It does not stay when the next picture is answered.
    choose(asset("images/bus.jpg"));
    assertEquals("", page.text("#problem"));
  }

  @Test
  void showsThatAPictureIsTooLarge() throws Exception {
    ServeOptions options =
        ServeOptions.of(
            "port=0", "max_body_mb=1", "model=" + asset("exported/yolo11n.torchscript"));
    Path large = folder.resolve("large.bmp");
    Files.write(large, new byte[40 << 20]);
    try (YoloServer small = YoloServer.start(options)) {
      page = browser.open(1200, 900);
      page.go(small.uri());
      page.awaitModels();
      assertEquals("No answer about large.bmp.", choose(large));
      assertTrue(page.text("#problem").contains("1 MiB"), page.text("#problem"));
    }
  }

  @Test
  void asksForTheTokenOfTheServer() throws Exception {
    ServeOptions options =
        ServeOptions.of("port=0", "model=" + asset("exported/yolo11n.torchscript"));
    try (YoloServer closed = YoloServer.start(options.withToken("abracadabra"))) {
      page = browser.open(1200, 900);
      page.go(closed.uri());
      page.evaluate(
          """
          new Promise((done) => {
            const field = document.getElementById("access");
            const look = () => field.hidden || done(true);
            new MutationObserver(look).observe(field, { attributes: true });
            look();
          })""");
      assertTrue(page.text("#problem").startsWith("The server's token was expected"));
      assertEquals("token", page.evaluate("document.activeElement.id").asText());
      page.evaluate("document.getElementById('token').value = 'abracadabra'");
      page.evaluate("document.querySelector('#access button').click()");
      page.awaitModels();
      assertEquals("5 objects in bus.jpg: 1 bus, 4 person.", choose(asset("images/bus.jpg")));
      assertTrue(page.evaluate("document.getElementById('access').hidden").asBoolean());
      assertEquals("", page.text("#problem"));
      assertFalse(page.text("#curl").contains("abracadabra"));
    }
  }

  @Test
  void showsAFileNameAsItIs() throws Exception {
    Path named = folder.resolve("<img src=x onerror=alert(1)>'.jpg");
    Files.copy(asset("images/bus.jpg"), named);
    selectModel("yolo11n");
    assertEquals("5 objects in " + named.getFileName() + ": 1 bus, 4 person.", choose(named));
    assertEquals(0, page.evaluate("document.images.length").asInt());
    assertTrue(page.text("#curl").contains("'@<img src=x onerror=alert(1)>'\\''.jpg'"));
    assertNoErrors();
  }

  /** Red, green, blue and white quarters, from left to right and from top to bottom. */
  private static BufferedImage quarters() {
    BufferedImage image = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < colors.length; i++) {
      graphics.setColor(colors[i]);
      graphics.fillRect(i % 2 * 200, i / 2 * 100, 200, 100);
    }
    graphics.dispose();
    return image;
  }

  @Test
  void turnsAPictureUprightAsTheServerDoes() throws Exception {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(quarters(), "jpg", jpeg);
    // Orientation 6: turned by a quarter to the right when shown.
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] plain = jpeg.toByteArray();
    byte[] turned =
        ByteBuffer.allocate(plain.length + exif.length)
            .put(plain, 0, 2)
            .put(exif)
            .put(plain, 2, plain.length - 2)
            .array();
    set("conf", "0.95");
    choose(Files.write(folder.resolve("turned.jpg"), turned));
    width = 200;
    assertNear(Color.BLUE, pixel(50, 100), 8);
    assertNear(Color.RED, pixel(150, 100), 8);
    assertNear(Color.WHITE, pixel(50, 300), 8);
    assertNear(Color.GREEN, pixel(150, 300), 8);
    assertNoErrors();
  }

  @Test
  void tellsThatTheBrowserCannotShowAPicture() throws Exception {
    Path tiff = folder.resolve("bus.tiff");
    ImageIO.write(ImageIO.read(asset("images/bus.jpg").toFile()), "tiff", tiff.toFile());
    selectModel("yolo11n");
    assertTrue(choose(tiff).startsWith("5 objects in bus.tiff"));
    assertEquals("This browser cannot show this picture.", page.text("#note"));
    // Grey beside a box.
    press(0);
    assertEquals(new Color(0x80, 0x80, 0x80), pixel(400, 1000));
    choose(asset("images/bus.jpg"));
    assertEquals("", page.text("#note"));
    assertNoErrors();
  }
}
