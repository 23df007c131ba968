// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Image;
import org.yolotorch.ImageLimits;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.CpuTime;
import org.yolotorch.support.Mutants;
import org.yolotorch.support.Stopwatch;

/** Pictures from anywhere cost a known amount of memory and time, and end in one sentence. */
class HostileImagesTest {
  private static final int MUTANTS = 1_000;

  @TempDir Path folder;

  private static Image read(byte[] bytes) throws IOException {
    return Image.read(new ByteArrayInputStream(bytes));
  }

  /** In a JVM of its own, because the memory of this one is not known. */
  @Test
  void mutatedPicturesAreReadOrRefused() throws IOException, InterruptedException {
    String printed = ChildJvm.run(List.of("-Xmx256m"), Mutated.class);
    String[] numbers = printed.lines().reduce("", (a, b) -> b).split(" ");
    int decoded = Integer.parseInt(numbers[0]);
    int refused = Integer.parseInt(numbers[1]);
    int errors = Integer.parseInt(numbers[2]);
    Assets.figure("R17_images", decoded + refused + errors, "pictures");
    Assets.figure("R17_decoded", decoded, "pictures");
    Assets.figure("R17_errors", errors, "pictures");
    assertEquals(0, errors, printed);
    assertEquals(MUTANTS, decoded + refused);
    // Else the mutations were too harsh or too tame to reach the decoders.
    assertTrue(decoded >= 100 && refused >= 300, printed);
  }

  /** Prints what was wrong, and at last: decoded, refused, wrong. */
  static final class Mutated {
    private static final Pattern SENTENCE = Pattern.compile("[A-Z][^\\p{Cntrl}]+\\.");
    private static final Pattern ADDRESS = Pattern.compile("@[0-9a-f]{5,}|0x[0-9a-f]{6,}");

    private Mutated() {}

    public static void main(String[] args) throws IOException {
      Mutants mutants = new Mutants(17);
      for (Mutants.Seed seed : mutants.seeds()) {
        if (!verdict(seed.bytes()).isEmpty()) {
          throw new AssertionError("the seed " + seed.name() + ": " + verdict(seed.bytes()));
        }
      }
      int decoded = 0;
      int refused = 0;
      int wrong = 0;
      for (int i = 0; i < MUTANTS; i++) {
        Mutants.Seed seed = mutants.seeds().get(i % mutants.seeds().size());
        byte[] bytes = mutants.next(seed);
        String verdict = verdict(bytes);
        if (verdict.isEmpty()) {
          decoded++;
        } else if (SENTENCE.matcher(verdict).matches() && !ADDRESS.matcher(verdict).find()) {
          refused++;
        } else {
          wrong++;
          System.out.println(i + " " + seed.name() + ": " + verdict);
        }
      }
      System.out.println(decoded + " " + refused + " " + wrong);
    }

    /** Empty if the picture can be read, else why not; a line that is no sentence is a defect. */
    private static String verdict(byte[] bytes) {
      try {
        read(bytes);
        return "";
      } catch (YoloException e) {
        return e.getMessage();
      } catch (Throwable e) {
        return "\t" + e;
      }
    }
  }

  /** A small PNG whose header names other sides. */
  private static byte[] pretending(int width, int height) throws IOException {
    byte[] png = Mutants.encode(Mutants.picture(BufferedImage.TYPE_3BYTE_BGR), "png", null, false);
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    return png;
  }

  @Test
  void hugePictureIsRefusedByItsHeader() throws Exception {
    Path file = Files.write(folder.resolve("huge.png"), pretending(30_000, 30_000));
    Callable<?> refusal =
        () -> {
          YoloException error =
              assertThrows(YoloException.InvalidImage.class, () -> Image.read(file));
          assertTrue(error.getMessage().contains("30000x30000"), error.getMessage());
          return null;
        };
    refusal.call();
    // No decoder is made for it, and no row of 90,000 bytes.
    long bytes = CpuTime.bytesAllocatedBy(refusal);
    Assets.figure("R17_refusal_bytes", bytes, "bytes");
    assertTrue(bytes <= Files.size(file) + 50_000, "took " + bytes + " bytes");
    Stopwatch.figure("R17_refusal", 3, refusal);
  }

  @Test
  void memoryThatRunsOutIsNoErrorOfTheJvm() throws IOException, InterruptedException {
    String printed =
        ChildJvm.run(List.of("-Xmx64m", "-XX:MaxDirectMemorySize=8m"), Tight.class).strip();
    assertTrue(printed.endsWith("3 refused, 1000 pixels per row read"), printed);
  }

  /**
   * Reads what cannot fit, what might but does not, what no direct memory is left for, the rest.
   */
  static final class Tight {
    private Tight() {}

    public static void main(String[] args) throws IOException {
      refuse(pretending(5_000, 5_000), "takes 72 MiB of Java's memory", "are 64;", "-Xmx");
      refuse(pretending(4_600, 4_500), "ran out of its 64 MiB", "-Xmx");
      refuse(bilevel(1_800), "10 MiB", "-XX:MaxDirectMemorySize");
      System.out.println("3 refused, " + read(bilevel(1_000)).width() + " pixels per row read");
    }

    private static byte[] bilevel(int side) throws IOException {
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
      return Mutants.encode(image, "png", null, false);
    }

    private static void refuse(byte[] bytes, String... parts) {
      YoloException error = assertThrows(YoloException.OutOfMemory.class, () -> read(bytes));
      for (String part : parts) {
        assertTrue(error.getMessage().contains(part), error.getMessage());
      }
    }
  }

  /** A clock that comes to its end when it is looked at for the given time. */
  private static final class Countdown implements LongSupplier {
    private final int last;
    private int looks;

    Countdown(int last) {
      this.last = last;
    }

    @Override
    public long getAsLong() {
      return ++looks >= last ? Long.MAX_VALUE : 0;
    }
  }

  private static final int SIDE = 600;

  private static BufferedImage noise(int type) {
    BufferedImage noise = new BufferedImage(SIDE, SIDE, type);
    new Random(3).nextBytes(((DataBufferByte) noise.getRaster().getDataBuffer()).getData());
    return noise;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "jpeg+", "png", "png+", "bmp", "gif", "gif+", "tiff"})
  void everyDecoderStopsWhenItsTimeIsOver(String kind) throws IOException {
    String format = kind.replace("+", "");
    BufferedImage picture =
        noise(format.equals("gif") ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    byte[] bytes = Mutants.encode(picture, format, null, !kind.equals(format));
    // Once unhindered, which shows that it was the limit that stopped the others.
    Countdown endless = new Countdown(Integer.MAX_VALUE);
    assertEquals(SIDE, read(bytes, endless).width());
    int looks = endless.looks;
    Assets.figure("R17_looks_at_the_clock_" + kind, looks, "looks");
    assertTrue(looks >= SIDE / 16, kind + " looks at the clock " + looks + " times");
    for (int last : new int[] {2, looks / 4, looks / 2, looks - 1}) {
      assertStopped(kind, bytes, last);
    }
  }

  @Test
  void decoderStopsBetweenEmptyScans() throws IOException {
    assertStopped("scans", scans(noise(BufferedImage.TYPE_BYTE_GRAY)), 2 * SIDE);
  }

  /** An empty scan of a JPEG costs a few bytes, and its decoder a walk over all pixels. */
  private static byte[] scans(BufferedImage image) throws IOException {
    byte[] jpeg = Mutants.encode(image, "jpeg", null, true);
    int last = jpeg.length - 2;
    while (jpeg[last] != (byte) 0xFF || jpeg[last + 1] != (byte) 0xDA) {
      last--;
    }
    byte[] empty = Arrays.copyOf(Arrays.copyOfRange(jpeg, last, last + 10), 11);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(jpeg, 0, last);
    for (int i = 0; i < 5_000; i++) {
      bomb.write(empty);
    }
    bomb.write(jpeg, last, jpeg.length - last);
    return bomb.toByteArray();
  }

  private static DecodedImage read(byte[] bytes, Countdown clock) throws IOException {
    return ImageDecoder.read(new ByteArrayInputStream(bytes), ImageLimits.defaults(), clock);
  }

  /** The time is over at this look at the clock: only a few more may follow. */
  private static void assertStopped(String kind, byte[] bytes, int last) {
    Countdown clock = new Countdown(last);
    String message =
        assertThrows(YoloException.InvalidImage.class, () -> read(bytes, clock), kind + last)
            .getMessage();
    assertTrue(message.startsWith("A picture must be decoded within 10.0 s, but the"), message);
    int more = clock.looks - last;
    assertTrue(more <= 64, kind + " went on for " + more + " looks at the clock");
  }
}
