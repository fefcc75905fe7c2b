/** What people were told, so that nobody is told the same twice. */
exports.up = async function up(knex) {
  await knex.schema.createTable('told_notices', table => {
    table.comment('Notifications that were sent; removed with their object');
    table.string('about', 64).notNullable().comment('Uid of the object');
    table.string('what', 255).notNullable().comment('What was told about it');
    table.primary(['about', 'what']);
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('told_notices');
};
